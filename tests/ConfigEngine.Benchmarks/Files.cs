using System.Text;

namespace ConfigEngine.Benchmarks;

/// <summary>
/// Three hundred converged files on one host: planned by cfg, beside one stat and one sha256sum over raw ssh, and the same questions
/// asked one by one and together.
/// </summary>
sealed class Files : IBenchmark
{
    const int Count = 300;

    public string Name => "files";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var host = await lab.StartHostAsync();
        await host.Sh($"mkdir -p /srv/files; for i in $(seq {Count}); do echo $i >/srv/files/$i; done");
        var recipe = cfg.Recipe(
            "many.csx",
            $$"""
            On("all", Enumerable.Range(1, {{Count}}).Select(i => new File($"/srv/files/{i}") { Content = $"{i}\n", Mode = "0644" }).ToArray<IDeclaration>());
            """
        );
        var plan = await Timing.Pair(
            () => cfg.Run("plan", recipe, "--host", host.Name, "--ssh-config", lab.SshConfig),
            () => Raw("stat -c '%F|%a|%U|%G|%s' /srv/files/* >/dev/null; sha256sum /srv/files/* >/dev/null")
        );
        table.Ratio($"cfg plan, {Count} converged files, whole process", plan, "ssh: one stat, one sha256sum", null);

        var questions = Planner.Probes(
            Enumerable.Range(1, Count).Select(i => new Resources.File($"/srv/files/{i}") { Content = $"{i}\n", Mode = "0644" })
        );
        StringBuilder alone = new(Library.Text + "\n");
        foreach (var question in questions)
            alone.Append($"( {question.Script.Text}\n) >/dev/null\n");
        var together =
            Library.Text + string.Concat(ProbeSet.Of(questions).Sets.Select(set => $"\n( {set.Request.Script}\n) >/dev/null\n"));
        var looks = await Timing.Pair(() => Raw(together), () => Raw(alone.ToString()));
        table.Ratio($"a look at {Count} files as a set, over ssh", looks, "one by one", 0.5);

        Task<Sample> Raw(string script) => Timing.Run("ssh", ["-F", lab.SshConfig, host.Name, "sh"], input: script);
    }
}
