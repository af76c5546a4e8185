namespace ConfigEngine.Benchmarks;

/// <summary>
/// Fifty changes applied, beside the same writes in one script over raw ssh; and a thousand files, beside tar over ssh, which looks at
/// nothing and verifies nothing.
/// </summary>
sealed class ManyChanges : IBenchmark
{
    public string Name => "apply";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var host = await lab.StartHostAsync();
        var recipe = cfg.Recipe(
            "files.csx",
            """
            On("all", Enumerable.Range(1, 50).Select(i => new File($"/srv/f{i}") { Content = $"{i}\n", Mode = "0644" }).ToArray<IDeclaration>());
            """
        );
        var script = "for i in $(seq 50); do t=$(mktemp /srv/.x.XXXXXX); chmod 644 $t; echo $i >$t; sync $t; mv $t /srv/f$i; done\n";
        var pair = await Timing.Pair(
            async () =>
            {
                await host.Sh("rm -f /srv/f*");
                return await cfg.Run("apply", recipe, "--yes", "--host", host.Name, "--ssh-config", lab.SshConfig);
            },
            () => Timing.Run("ssh", ["-F", lab.SshConfig, host.Name, "sh"], input: script)
        );
        table.Ratio("cfg apply, 50 files, verified, whole process", pair, "the same writes in one script", null);

        var thousand = cfg.Recipe(
            "thousand.csx",
            """
            On("all", Enumerable.Range(1, 1000).Select(i => new File($"/srv/many/f{i}") { Content = new string('x', 2000) + $" {i}\n", Mode = "0644" })
                .ToArray<IDeclaration>());
            """
        );
        var files = Path.Combine(Path.GetDirectoryName(thousand) ?? "", "thousand");
        Directory.CreateDirectory(files);
        for (var i = 1; i <= 1000; i++)
            await File.WriteAllTextAsync(Path.Combine(files, $"f{i}"), $"{new string('x', 2000)} {i}\n");
        var many = await Timing.Pair(
            async () =>
            {
                await host.Sh("rm -rf /srv/many; mkdir /srv/many");
                return await cfg.Run("apply", thousand, "--yes", "--host", host.Name, "--ssh-config", lab.SshConfig);
            },
            () => Timing.Run("sh", ["-c", $"tar -C {files} -c . | ssh -F {lab.SshConfig} {host.Name} 'tar -C /srv/many -x; sync'"]),
            runs: 3
        );
        table.Ratio("cfg apply, 1,000 files of 2 KB, verified, whole process", many, "tar over ssh", null);
    }
}
