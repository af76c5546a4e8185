using System.Net;
using System.Net.Sockets;
using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>A checkout from a repository on another machine: over ssh and http, with all that can be wrong on the way.</summary>
[Collection("lab")]
public sealed class GitRemoteTests(Lab lab)
{
    [LabFact]
    public async Task A_branch_is_followed_over_ssh_as_a_user_with_a_key_of_its_own()
    {
        await using var forge = await Forge();
        await using var host = await Client();
        await LetIn(host, forge);
        await host.Sh($"ssh-keyscan -t ed25519 {forge.Address} >/home/deploy/.ssh/known_hosts 2>/dev/null");
        var checkout = Checkout(forge);

        Nothing.In((await host.Apply(checkout)).Error);
        Assert.Empty((await host.Plan(checkout)).Changes);
        Assert.Equal("1 deploy", await host.Sh("echo $(cat /home/deploy/app/f) $(stat -c %U /home/deploy/app/f)"));

        await forge.Sh("cd /home/deploy && runuser -u deploy -- sh -c 'cd work && echo 2 >f && git commit -qam 2 && git push -q'");
        var applied = await host.Apply(checkout);
        Assert.Equal(["git-checkout /home/deploy/app"], applied.Done);
        Assert.Equal("2", await host.Sh("cat /home/deploy/app/f"));
    }

    [LabFact]
    public async Task A_host_key_that_is_not_known_or_another_one_is_told_and_never_accepted()
    {
        await using var forge = await Forge();
        await using var host = await Client();
        await LetIn(host, forge);

        var unknown = await host.ErrorOf(Checkout(forge));
        await host.Sh($"echo \"{forge.Address} $(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub)\" >/home/deploy/.ssh/known_hosts");
        var changed = await host.ErrorOf(Checkout(forge));

        Assert.Contains("Host key verification failed", unknown, StringComparison.Ordinal);
        Assert.Contains("declare it as a Line of /etc/ssh/ssh_known_hosts", unknown, StringComparison.Ordinal);
        Assert.DoesNotContain("declare it", changed, StringComparison.Ordinal);
        Assert.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", changed, StringComparison.Ordinal);
        Assert.Equal("1", await host.Sh("wc -l </home/deploy/.ssh/known_hosts; ls -d /home/deploy/app 2>/dev/null || true"));
    }

    [LabFact]
    public async Task A_key_that_the_repository_does_not_accept_is_told()
    {
        await using var forge = await Forge();
        await using var host = await Client();
        await host.Sh($"ssh-keyscan -t ed25519 {forge.Address} >/home/deploy/.ssh/known_hosts 2>/dev/null");

        Assert.Contains("Permission denied (publickey", await host.ErrorOf(Checkout(forge)), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_repository_that_does_not_answer_is_an_error_in_bounded_time()
    {
        await using var host = await Client();
        using TcpListener silent = new(IPAddress.Parse(lab.Number.Address(1)), 0);
        silent.Start();
        var address = $"{lab.Number.Address(1)}:{((IPEndPoint)silent.LocalEndpoint).Port}";

        await Task.WhenAll(
            new (string Scheme, string Says)[]
            {
                ("ssh", "timed out during banner exchange"),
                ("http", "Operation too slow"),
                (
                    "git",
                    $"git ls-remote -- git://{address}/app.git refs/heads/main refs/tags/main refs/tags/main^{{}} did not end within 30 s"
                ),
            }.Select(async one =>
            {
                var clock = PacedWatch.Start();
                var error = await host.ErrorOf(
                    new GitCheckout("/home/deploy/app")
                    {
                        Repository = $"{one.Scheme}://{address}/app.git",
                        Revision = "main",
                        As = "deploy",
                    }
                );

                Assert.Contains(one.Says, error, StringComparison.Ordinal);
                clock.Took(5, 45);
            })
        );
    }

    [LabFact]
    public async Task A_tag_is_checked_out_over_http()
    {
        await using var forge = await Forge();
        await using var host = await Client();
        await forge.Sh(
            """
            set -e
            git -C /home/deploy/app.git update-server-info
            apt-get install -qy --no-install-recommends python3
            systemd-run --quiet --unit=http --working-directory=/home/deploy python3 -m http.server 80
            for i in 1 2 3 4 5 6 7 8 9; do ! ss -ltn | grep -q :80 || break; sleep 0.5; done
            """
        );
        GitCheckout checkout = new("/srv/app") { Repository = $"http://{forge.Address}/app.git", Revision = "v1" };

        Nothing.In((await host.Apply(checkout)).Error);
        Assert.Empty((await host.Plan(checkout)).Changes);
        Assert.Equal("1", await host.Sh("cat /srv/app/f"));

        Assert.Contains(
            "not found",
            await host.ErrorOf(checkout with { Repository = $"http://{forge.Address}/none.git" }),
            StringComparison.Ordinal
        );
    }

    static GitCheckout Checkout(LabHost forge) =>
        new("/home/deploy/app")
        {
            Repository = $"ssh://plain@{forge.Address}/home/deploy/app.git",
            Revision = "main",
            As = "deploy",
        };

    /// <summary>A host with a repository that the user plain may read over ssh.</summary>
    async Task<LabHost> Forge()
    {
        var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get install -qy --no-install-recommends git");
        await host.Sh(
            """
            git config --system user.email a@example.com && git config --system user.name a && git config --system init.defaultBranch main && git config --system --add safe.directory '*'
            chmod 755 /home/deploy
            runuser -u deploy -- sh -ec 'cd /home/deploy; git init -q --bare app.git; git clone -q app.git work 2>/dev/null; cd work; echo 1 >f; git add f; git commit -qm 1; git tag -a -m v1 v1; git push -q --tags origin main'
            """
        );
        return host;
    }

    async Task<LabHost> Client()
    {
        var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get install -qy --no-install-recommends git");
        return host;
    }

    static async Task LetIn(LabHost host, LabHost forge)
    {
        await host.Sh("runuser -u deploy -- ssh-keygen -q -t ed25519 -N '' -f /home/deploy/.ssh/id_ed25519");
        await forge.Sh($"echo '{await host.Sh("cat /home/deploy/.ssh/id_ed25519.pub")}' >>/home/plain/.ssh/authorized_keys");
    }
}
