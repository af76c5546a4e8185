using System.Runtime.CompilerServices;

namespace ConfigEngine.Lab;

/// <summary>What users install, and not what the tests run: the tool's package and the published directory.</summary>
[Collection("lab")]
public sealed class PackageTests : IDisposable
{
    static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(5);

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("cfg-package-");

    public void Dispose() => directory.Delete(recursive: true);

    [LabFact]
    public async Task What_is_installed_begins_checks_plans_and_applies()
    {
        // Apart from the repository's own obj directories, which somebody may be building in.
        var artifacts = At("artifacts");
        await Dotnet("pack", Cli(), "--artifacts-path", artifacts, "--output", At("packages"));
        await Dotnet("tool", "install", "ConfigEngine.Tool", "--tool-path", At("tool"), "--source", At("packages"));
        await Dotnet("publish", Cli(), "--artifacts-path", artifacts, "--output", At("published"));

        foreach (var cfg in (string[])[At("tool/cfg"), At("published/cfg")])
        {
            var version = await Run(cfg, directory.FullName, "--version");
            Assert.Matches(@"^\d+\.\d+\.\d+\n$", version);

            var work = At($"work-{Path.GetFileName(Path.GetDirectoryName(cfg))}");
            await Run(cfg, directory.FullName, "init", work);
            foreach (var recipe in (string[])["infra.csx", "recipes/hello.csx"])
                File.WriteAllText(
                    Path.Combine(work, recipe),
                    File.ReadAllText(Path.Combine(work, recipe)).Replace("/tmp/", $"{work}/", StringComparison.Ordinal)
                );

            Assert.Equal("infra.csx is right: 1 block, 1 host.\n", await Run(cfg, work, "check"));
            Assert.Contains("Plan: 1 host, 2 changes (exact)", await Run(cfg, work, "plan", "--local"), StringComparison.Ordinal);
            await Run(cfg, work, "apply", "--local", "--yes");
            await Run(cfg, work, "plan", "--local", "--exit-code");
            await Run(cfg, work, "apply", "recipes/hello.csx", "--yes");
            Assert.Contains("#compdef cfg", await Run(cfg, work, "completion", "zsh"), StringComparison.Ordinal);
        }
    }

    string At(string path) => Path.Combine(directory.FullName, path);

    async Task Dotnet(params IEnumerable<string> arguments) =>
        (await LocalCommand.Run(new("dotnet", arguments) { WorkingDirectory = directory.FullName }, deadline: BuildDeadline)).Succeeded(
            $"dotnet {string.Join(' ', arguments)}"
        );

    async Task<string> Run(string cfg, string where, params IEnumerable<string> arguments)
    {
        System.Diagnostics.ProcessStartInfo start = new(cfg, arguments)
        {
            WorkingDirectory = where,
            Environment = { ["XDG_CACHE_HOME"] = At("cache"), ["XDG_STATE_HOME"] = At("state") },
        };
        return (await LocalCommand.Run(start)).Succeeded($"{cfg} {string.Join(' ', arguments)}").Stdout;
    }

    static string Cli([CallerFilePath] string here = "") =>
        Path.GetFullPath("../../src/ConfigEngine.Cli", Path.GetDirectoryName(here) ?? "");
}
