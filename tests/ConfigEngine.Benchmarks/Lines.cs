using System.Text;

namespace ConfigEngine.Benchmarks;

/// <summary>
/// A hundred converged lines on one host: planned by cfg, beside the same looking over raw ssh, and Ansible's check mode.
/// </summary>
sealed class Lines : IBenchmark
{
    public string Name => "lines";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var host = await lab.StartHostAsync();
        await host.Sh("mkdir -p /srv/lines; for i in $(seq 100); do printf 'first\\nsetting = %s\\nlast\\n' $i >/srv/lines/$i; done");
        var recipe = cfg.Recipe(
            "lines.csx",
            """
            On("all", Enumerable.Range(1, 100).Select(i => new Line($"/srv/lines/{i}", $"setting = {i}")).ToArray<IDeclaration>());
            """
        );
        var probes = Probes();
        var pair = await Timing.Pair(
            () => cfg.Run("plan", recipe, "--host", host.Name, "--ssh-config", lab.SshConfig),
            () => Timing.Run("ssh", ["-F", lab.SshConfig, host.Name, "sh"], input: probes)
        );
        table.Ratio("cfg plan, 100 converged lines, whole process", pair, "ssh host sh < the probes", 1.5);
        await Ansible(cfg, lab, host.Name, recipe, table);
    }

    /// <summary>What cfg asks, as one script.</summary>
    static string Probes()
    {
        var questions = Planner.Probes(Enumerable.Range(1, 100).Select(i => new Resources.Line($"/srv/lines/{i}", $"setting = {i}")));
        StringBuilder script = new(Library.Text + "\n");
        foreach (var question in questions)
            script.Append($"( {question.Script.Text}\n)\n");
        return script.ToString();
    }

    static async Task Ansible(PublishedCfg cfg, Lab.Lab lab, string host, string recipe, Table table)
    {
        if (!File.Exists("/usr/bin/ansible-playbook"))
        {
            table.Note("cfg plan beside ansible-playbook --check", "ansible-core is not installed here: apt-get install ansible-core");
            return;
        }

        var playbook = cfg.Recipe(
            "lines.yml",
            string.Concat(
                Enumerable
                    .Range(1, 100)
                    .Select(i => $"    - lineinfile: {{ path: /srv/lines/{i}, line: 'setting = {i}' }}\n")
                    .Prepend("- hosts: all\n  gather_facts: true\n  tasks:\n")
            )
        );
        await Timing.Run("ssh", ["-F", lab.SshConfig, host, "apt-get -q update && apt-get install -y -q --no-install-recommends python3"]);
        var pair = await Timing.Pair(
            () => cfg.Run("plan", recipe, "--host", host, "--ssh-config", lab.SshConfig),
            () =>
                Timing.Run(
                    "ansible-playbook",
                    ["--check", "--diff", "-i", $"{host},", "--ssh-common-args", $"-F {lab.SshConfig}", playbook],
                    new Dictionary<string, string> { ["ANSIBLE_PIPELINING"] = "1" }
                ),
            runs: 3
        );
        table.Ratio("cfg plan beside ansible-playbook --check", pair, "ansible, pipelining on", 1);
    }
}
