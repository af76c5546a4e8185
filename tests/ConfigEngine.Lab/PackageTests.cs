using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConfigEngine.Lab;

/// <summary>What users install, and not what the tests run: the files of a release, and what is published from source.</summary>
[Collection("lab")]
public sealed partial class PackageTests(Lab lab, ReleaseFiles release) : IClassFixture<ReleaseFiles>, IDisposable
{
    static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(5);

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("cfg-package-");

    public void Dispose() => directory.Delete(recursive: true);

    [LabFact]
    public async Task The_checksums_are_those_of_all_files()
    {
        await Local("sha256sum", release.Out, "--check", "--strict", "SHA256SUMS");
        var summed = File.ReadLines(release.At("SHA256SUMS")).Select(line => line.Split("  ")[1]);
        Assert.Equal(
            Directory.EnumerateFiles(release.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            summed.Append("SHA256SUMS").Order(StringComparer.Ordinal)
        );
    }

    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("trixie")]
    public async Task The_package_for_Debian_brings_all_that_cfg_needs_and_leaves_nothing(string debian)
    {
        await using var host = await lab.StartHostAsync(debian);
        const string System = "find /etc /usr /opt /var/lib/dpkg/info -xdev | sort";
        var before = await host.Sh(System);
        host.Receive(Directory.EnumerateFiles(release.Out, "*.deb").Single(), "/root/cfg.deb");
        await host.Sh("apt-get install --yes --no-install-recommends /root/cfg.deb");

        await Works(host, "/root", script => host.Sh(script));
        await host.Sh("zcat /usr/share/man/man1/cfg.1.gz | grep -q 'CFG APPLY'");
        Assert.Equal(
            "complete -F _cfg cfg",
            await host.Sh("bash -c '. /usr/share/bash-completion/completions/cfg; complete -p cfg' | sed 's/.* -F/complete -F/'")
        );
        await host.Sh("apt-get remove --yes configengine");
        Assert.Equal(before, await host.Sh(System));
    }

    [LabFact]
    public async Task The_archive_needs_no_root_and_nothing_but_itself()
    {
        await using var host = await lab.StartHostAsync();
        host.Receive(release.At($"{ReleaseFiles.Archive}.tar.gz"), "/tmp/cfg.tar.gz");
        async Task<string> Plain(string script) =>
            (await host.Run("su - plain", $"set -e\nPATH=$HOME/.local/bin:$PATH\n{script}\n")).Succeeded(script).Stdout.Trim();

        await Plain(
            "mkdir -p ~/.local/lib ~/.local/bin && tar -xzf /tmp/cfg.tar.gz -C ~/.local/lib && "
                + $"ln -sf ~/.local/lib/{ReleaseFiles.Archive}/cfg ~/.local/bin/cfg"
        );
        await Works(host, "/home/plain", Plain);
    }

    /// <summary>From the first start on a host without .NET to a second, empty plan, with recipes that are compiled there.</summary>
    static async Task Works(LabHost host, string home, Func<string, Task<string>> run)
    {
        Assert.Equal("", await host.Sh("command -v dotnet || true"));
        Assert.Equal(ReleaseFiles.Version, await run("cfg --version"));
        await run("cfg init demo");
        Assert.Equal("infra.csx: OK (1 block, 1 host)", await run("cd demo && cfg check"));
        Assert.Contains("Plan: 1 host, 2 changes (exact)", await run("cd demo && cfg plan --local"), StringComparison.Ordinal);
        await run("cd demo && cfg apply --local --yes");
        await run("cd demo && cfg plan --local --exit-code");
        await run("cd demo && cfg apply recipes/hello.csx --yes");

        // .NET as a whole is there for recipes, and what else cfg is made of is not.
        var recipe = $"{home}/sums.csx";
        await host.WriteFile(
            recipe,
            "using System.Xml.Linq;\nOn(\"all\", new File(\"/tmp/sum.xml\") { Content = $\"{new XElement(\"sum\")}\\n\" });\n"
        );
        await run($"cfg apply {recipe} --local --yes --trust {home}");
        Assert.Equal("<sum />", await host.Sh("cat /tmp/sum.xml"));
        await host.WriteFile(recipe, "using Humanizer;\nOn(\"all\", new File(\"/tmp/sum.xml\") { Content = 3.ToWords() });\n");
        Assert.Contains("CS0246", await run($"cfg check {recipe} --trust {home} 2>&1 || true"), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task The_tool_begins_checks_plans_and_applies()
    {
        await Dotnet(
            "tool",
            "install",
            "ConfigEngine.Tool",
            "--version",
            ReleaseFiles.Version,
            "--tool-path",
            At("tool"),
            "--source",
            release.Out
        );
        await Works(At("tool/cfg"));
    }

    [LabFact]
    public async Task What_is_published_from_source_begins_checks_plans_and_applies()
    {
        // Apart from the repository's own obj directories, which somebody may be building in.
        var project = ReleaseFiles.Source("src/ConfigEngine.Cli");
        if (Program.Published is null)
            await Dotnet("publish", project, "--artifacts-path", At("artifacts"), "--output", At("published"));
        await Works(Path.Combine(Program.Published ?? At("published"), "cfg"));
    }

    async Task Works(string cfg)
    {
        Assert.Matches(@"^\d+\.\d+\.\d+(-dev)?\n$", await Local(cfg, directory.FullName, "--version"));
        var work = At($"work-{Path.GetFileName(Path.GetDirectoryName(cfg))}");
        await Local(cfg, directory.FullName, "init", work);
        foreach (var recipe in (string[])["infra.csx", "recipes/hello.csx"])
            File.WriteAllText(
                Path.Combine(work, recipe),
                File.ReadAllText(Path.Combine(work, recipe)).Replace("/tmp/", $"{work}/", StringComparison.Ordinal)
            );

        Assert.Equal("infra.csx: OK (1 block, 1 host)\n", await Local(cfg, work, "check"));
        Assert.Contains("Plan: 1 host, 2 changes (exact)", await Local(cfg, work, "plan", "--local"), StringComparison.Ordinal);
        await Local(cfg, work, "apply", "--local", "--yes");
        await Local(cfg, work, "plan", "--local", "--exit-code");
        await Local(cfg, work, "apply", "recipes/hello.csx", "--yes");
        Assert.Contains("#compdef cfg", await Local(cfg, work, "completion", "zsh"), StringComparison.Ordinal);
    }

    /// <summary>The README of ConfigEngine.Testing as a project of its own, with no source of packages but the release.</summary>
    [LabFact]
    public async Task The_package_for_tests_is_enough_for_a_resource_of_ones_own()
    {
        var readme = File.ReadAllText(ReleaseFiles.Source("src/ConfigEngine.Testing/README.md"));
        var blocks = Blocks().Matches(readme).ToDictionary(block => block.Groups[1].Value, block => block.Groups[2].Value);
        File.WriteAllText(At("AlternativeTests.cs"), blocks["csharp"]);
        File.WriteAllText(
            At("nuget.config"),
            $"<configuration><packageSources><clear /><add key=\"release\" value=\"{release.Out}\" /></packageSources></configuration>"
        );
        new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                new XElement("RestorePackagesPath", At("packages")),
                new XElement("RestoreFallbackFolders", Packages)
            ),
            new XElement("ItemGroup", References().Select(reference => new XElement("PackageReference", reference)))
        ).Save(At("Alternatives.csproj"));

        await Dotnet("restore");
        await Dotnet("build", "--no-restore", "-warnaserror");
        var first = await LocalCommand.Run(Start("dotnet", directory.FullName, "test", "--no-build"), deadline: BuildDeadline);
        Assert.Contains("Sets_another_program.verified.txt does not exist yet", first.Stdout, StringComparison.Ordinal);
        await Dotnet("test", "--no-build", "--environment", "CFG_ACCEPT=1");
        await Dotnet("test", "--no-build");
        Assert.Equal(blocks["text"], File.ReadAllText(At("AlternativeTests.Sets_another_program.verified.txt")));
    }

    /// <summary>Where the packages are that this project itself was built with.</summary>
    static string Packages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    static IEnumerable<XAttribute[]> References()
    {
        var versions = XDocument
            .Load(ReleaseFiles.Source("src/Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(package => (string?)package.Attribute("Include") ?? "", package => (string?)package.Attribute("Version") ?? "");
        versions["ConfigEngine.Testing"] = ReleaseFiles.Version;
        return ((string[])["ConfigEngine.Testing", "Microsoft.NET.Test.Sdk", "xunit", "xunit.runner.visualstudio"]).Select(name =>
            (XAttribute[])[new("Include", name), new("Version", versions[name])]
        );
    }

    string At(string path) => Path.Combine(directory.FullName, path);

    async Task Dotnet(params IReadOnlyList<string> arguments) =>
        (await LocalCommand.Run(Start("dotnet", directory.FullName, arguments), deadline: BuildDeadline)).Succeeded(
            $"dotnet {string.Join(' ', arguments)}"
        );

    async Task<string> Local(string program, string where, params IReadOnlyList<string> arguments) =>
        (await LocalCommand.Run(Start(program, where, arguments))).Succeeded($"{program} {string.Join(' ', arguments)}").Stdout;

    /// <summary>With caches of its own; a page is accepted also where CI is set.</summary>
    ProcessStartInfo Start(string program, string where, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            WorkingDirectory = where,
            Environment =
            {
                ["XDG_CACHE_HOME"] = At("cache"),
                ["XDG_STATE_HOME"] = At("state"),
                ["CI"] = "",
            },
        };

    [GeneratedRegex("^```(csharp|text)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
