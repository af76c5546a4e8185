namespace ConfigEngine.Lab;

/// <summary>What the recipe with every resource needs: files beside it, a repository on its host, and a web server.</summary>
static class Everything
{
    /// <summary>Prepares a host for it, and puts it into a working directory.</summary>
    /// <returns>The recipe's path.</returns>
    public static async Task<string> Place(LabHost host, CfgProcess cfg, FileServer files)
    {
        await host.Sh("apt-get -q update && apt-get install -qy --no-install-recommends git && rm -rf /var/lib/apt/lists/*");
        await host.Sh(
            "cd /srv && git init -q work && cd work && git config user.email a@b && git config user.name a && echo 1 >f && git add f && "
                + "git commit -qm 1 && echo 2 >f && git commit -qam 2 && git tag v1 && git clone -q --bare . ../repository.git && rm "
                + "-rf ../work && apt-get remove -qy git"
        );
        cfg.Write("key.asc", await host.ReadFile("/srv/apt-signed/key.asc"));
        cfg.Write("site/index.html", "hello\n");
        cfg.Write("site/deep/page.html", "deep\n");
        (await LocalCommand.Run("tar", "-C", cfg.Directory, "-czf", Path.Combine(cfg.Directory, "site.tar.gz"), "site")).Succeeded("tar");
        var recipe = cfg.Place("everything.csx");
        return cfg.Write(
            "everything.csx",
            (await File.ReadAllTextAsync(recipe)).Replace("http://files.example.com", files.Url, StringComparison.Ordinal)
        );
    }
}
