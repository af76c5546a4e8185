using System.Diagnostics;
using System.Text.RegularExpressions;
using ConfigEngine.Tests.Resources;

namespace ConfigEngine.Tests;

/// <summary>
/// The shell of this repository as source: what runs on hosts, as root, in whatever shell is there, and what the lab's tests need.
/// What shellcheck is not to complain of stands in .shellcheckrc, with the reason.
/// </summary>
public sealed partial class ScriptFilesTests
{
    /// <summary>Completion for shells that are no POSIX shells; its own tests run it there.</summary>
    static readonly string[] Foreign = ["bash.sh", "fish.sh", "zsh.sh"];

    static IReadOnlyList<string> All =>
        [
            .. ((string[])["src", "tests/ConfigEngine.Lab"])
                .SelectMany(directory => System.IO.Directory.EnumerateFiles(Repository.At(directory), "*.sh", SearchOption.AllDirectories))
                .Where(path => !path.Split('/').Any(part => part is "bin" or "obj")),
        ];

    static IReadOnlyList<string> OnHosts =>
        [
            .. All.Where(path =>
                path.StartsWith(Repository.At("src"), StringComparison.Ordinal) && !Foreign.Contains(Path.GetFileName(path))
            ),
        ];

    static IReadOnlyList<string> OfTheLab => [.. All.Where(path => path.Contains("/Harness/", StringComparison.Ordinal))];

    [ToolFact("dash", "busybox")]
    public void Is_understood_by_the_smallest_shells()
    {
        Assert.NotEmpty(OnHosts);
        Assert.All(
            All.Where(path => !Foreign.Contains(Path.GetFileName(path))),
            path =>
            {
                Assert.Equal("", Run("dash", "-n", path));
                Assert.Equal("", Run("busybox", "sh", "-n", path));
            }
        );
    }

    [ToolFact("shellcheck")]
    public void Has_nothing_that_shellcheck_knows_better()
    {
        Assert.Equal(
            "",
            Run("shellcheck", ["-f", "gcc", "-s", "sh", .. All.Except(OfTheLab).Where(path => !Foreign.Contains(Path.GetFileName(path)))])
        );
        Assert.Equal("", Run("shellcheck", ["-f", "gcc", "-s", "bash", .. All.Where(path => Path.GetFileName(path) is "bash.sh")]));

        // Each says itself which shell it is for.
        Assert.Equal("", Run("shellcheck", ["-f", "gcc", .. System.IO.Directory.EnumerateFiles(Repository.At(".ci"))]));

        // The lab runs its own with sh -eu: a directory that is not there ends them.
        Assert.Equal("", Run("shellcheck", ["-f", "gcc", "-s", "sh", "-e", "SC2164", .. OfTheLab]));
    }

    [ToolFact("dash", "busybox", "shellcheck")]
    public void What_resources_send_is_understood_and_has_nothing_that_shellcheck_knows_to_be_wrong()
    {
        var scripts = AllResources
            .Types.SelectMany(type => Variants.Of(Examples.Of(type)))
            .SelectMany(resource => Scripts.Attempt(resource))
            .Distinct()
            .ToList();
        var file = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(file, string.Concat(scripts.Select(script => $"(\n{script}\n)\n")));
            Assert.Equal("", Run("dash", "-n", file));
            Assert.Equal("", Run("busybox", "sh", "-n", file));
            Assert.Equal("", Run("shellcheck", ["--norc", "-f", "gcc", "-s", "sh", "-S", "error", file]));
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    /// <summary>
    /// A clock that is set while a host waits, or is wrong after a boot, must not decide whether it puts something back.
    /// </summary>
    [Fact]
    public void What_puts_back_asks_no_clock_that_can_be_set() =>
        Assert.All(
            OnHosts.Where(path => Path.GetFileName(path) is "restore.sh" or "lifeline.sh" or "resume.sh"),
            path => Assert.DoesNotContain("date +%s", System.IO.File.ReadAllText(path), StringComparison.Ordinal)
        );

    /// <summary>What is not whole yet has a name that other programs leave alone, wherever it is made.</summary>
    [Fact]
    public void Names_what_is_not_whole_yet_in_one_place() =>
        Assert.Equal(
            ["temp.sh"],
            OnHosts
                .Where(path =>
                    System
                        .IO.File.ReadLines(path)
                        .Any(line => line.Contains("mktemp", StringComparison.Ordinal) && line.Contains(".cfg.", StringComparison.Ordinal))
                )
                .Select(Path.GetFileName)
        );

    [ToolFact("dash", "busybox")]
    public void That_name_is_hidden_and_ends_as_editors_end_theirs()
    {
        const string Busybox = "mktemp() { busybox mktemp \"$@\"; }";
        foreach (var (shell, before) in ((string[], string)[])[(["dash"], ""), (["dash"], Busybox), (["busybox", "sh"], Busybox)])
        {
            var directory = System.IO.Directory.CreateTempSubdirectory();
            try
            {
                var script =
                    $"{before}\n. {Repository.At("src/ConfigEngine/HostShell/temp.sh")}; cd {directory.FullName} && cfg_temp . "
                    + $"&& cfg_temp {directory.FullName} -d && stat -c '%F %a %n' .cfg.* && ! cfg_temp ./nowhere 2>&1";
                using var process =
                    Process.Start(new ProcessStartInfo(shell[0], [.. shell[1..], "-c", script]) { RedirectStandardOutput = true })
                    ?? throw new InvalidOperationException($"{shell[0]} did not start");
                var lines = process.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
                process.WaitForExit();

                Assert.Equal((0, 5), (process.ExitCode, lines.Length));
                Assert.Matches(@"^\./\.cfg\.[A-Za-z0-9]{10}~\z", lines[0]);
                Assert.Matches(@"^/.*/\.cfg\.[A-Za-z0-9]{10}~\z", lines[1]);
                Assert.Equal(
                    [$"directory 700 {Path.GetFileName(lines[1])}", $"regular empty file 600 {Path.GetFileName(lines[0])}"],
                    lines[2..4].Order(StringComparer.Ordinal)
                );
                Assert.Contains("nowhere", lines[4], StringComparison.Ordinal);
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    /// <summary>All of it is one script on a host: a second function of one name would take the place of the first.</summary>
    [Fact]
    public void Defines_no_function_twice()
    {
        var functions = OnHosts
            .SelectMany(path =>
                Function().Matches(System.IO.File.ReadAllText(path)).Select(match => (Name: match.Groups["name"].Value, path))
            )
            .ToList();

        Assert.NotEmpty(functions);
        Assert.Empty(
            functions
                .GroupBy(function => function.Name)
                .Where(same => same.Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.Select(function => Path.GetFileName(function.path)))}")
        );
    }

    static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}:\n{output}{error.Result}";
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)\(\)", RegexOptions.Multiline)]
    private static partial Regex Function();
}
