using ConfigEngine.Testing;
using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests.Scripting.Importing;

/// <summary>Ansible inventories, as <c>cfg hosts --json</c> shows what is taken over from them.</summary>
public sealed class AnsibleTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task The_ini_form_with_variables_in_files()
    {
        Write(
            "hosts.ini",
            """
            # one that is in no group
            bastion.example.com:2222 ansible_user=ops

            [web]
            web[01:03].example.com  http_port=8080  greeting="hello there" # a comment
            [db]
            db-[a:b] ansible_host=203.0.113.7 ansible_become=true ansible_become_user=postgres size=1.5

            [site:children]
            web
            db

            [site:vars]
            zone = Europe/Berlin
            debug=True
            ports=[80, 443]
            http_port=80

            [all:vars]
            zone=Etc/UTC
            """
        );
        Write("group_vars/all.yml", "---\nntp: [a.example.com, b.example.com]\nhttp_port: 1\n");
        Write(
            "group_vars/web/main.yml",
            "http_port: 8081\nmode: 0644\nhex: 0x1F\nlarge: 1_000_000_000_000\nminutes: 12:30\nratio: 1.10\n"
                + "secret: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n"
        );
        Write("group_vars/web/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
        Write("host_vars/web02.example.com.yml", "http_port: 9090\nansible_password: hunter22\nurl: 'http://{{ inventory_hostname }}/'\n");
        await Shown("hosts.ini");
    }

    [Fact]
    public async Task The_yaml_form()
    {
        Write(
            "hosts.yml",
            """
            all:
              vars:
                zone: Etc/UTC
              hosts:
                bastion:
                  ansible_port: 2222
              children:
                web:
                  hosts:
                    web[1:2].example.com:
                      public: yes
                  vars:
                    http_port: 8080
                    ansible_ssh_private_key_file: ~/.ssh/web
                db:
                  hosts:
                    here: { ansible_connection: local, tags: { role: primary, id: "0017" } }
            """
        );
        await Shown("hosts.yml");
    }

    [Theory]
    [InlineData("hosts.ini", "[web\nweb1\n", "hosts.ini, line 1: \"[web\" cannot be read as a line of an Ansible inventory")]
    [InlineData("hosts.ini", "[web]\nweb1 port 80\n", "hosts.ini, line 2: \"web1 port 80\" cannot be read")]
    [InlineData("hosts.ini", "web[1:]\n", "there is no host")]
    [InlineData("hosts.ini", "web[9:1]\n", "\"web[9:1]\" has a range that cannot be read")]
    [InlineData("hosts.ini", "web[1:9999999]\n", "stands for more than 100000 hosts")]
    [InlineData("hosts.ini", "[a:children]\nb\n[b:children]\na\n", "the group \"a\" contains itself: a → b → a")]
    [InlineData("hosts.ini", "web1 ansible_port=ssh\n", "web1: ansible_port is \"ssh\", which is not a port")]
    [InlineData("hosts.ini", "#!/usr/bin/env python3\n", "hosts.ini is a program and no inventory")]
    [InlineData("hosts.yml", "web:\n  web1:\n", "the group web has \"web1\", which is not one of hosts, vars and children")]
    [InlineData("hosts.yml", "web: [web1]\n", "line 1: the group web is a map with hosts, vars and children")]
    [InlineData("hosts.yml", "web: {\n", "it is not yaml")]
    public async Task What_cannot_be_read_is_said(string name, string text, string error)
    {
        Write(name, text);
        cfg.Recipe($"Hosts(Inventory.FromAnsible(\"{name}\"));\nOn(\"all,!none\", new Package(\"git\"));");
        Assert.Equal(3, await cfg.Run("check", cfg.PathOf("site.csx")));
        if (error != "there is no host")
            Assert.Contains(error, cfg.Error);
    }

    void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(cfg.PathOf(name)) ?? "");
        File.WriteAllText(cfg.PathOf(name), text);
    }

    async Task Shown(string name, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var recipe = cfg.Recipe(
            $$"""
            var inventory = Inventory.FromAnsible("{{name}}");
            Hosts(inventory);
            foreach (var group in inventory.OfType<Group>())
                Console.WriteLine($"{group.Name}: {string.Join(", ", group.Members.Select(member => member.Selector))}");
            foreach (var host in inventory.OfType<Host>())
                Console.WriteLine($"{host} " + string.Join(", ", host.Vars.Select(v => $"{v.Key} = {v.Value} ({v.Value.GetType().Name})")));
            """
        );
        Assert.Equal(0, await cfg.Run("check", recipe));
        Snapshot.Verify(cfg.Out + cfg.Error, test: test);
    }
}
