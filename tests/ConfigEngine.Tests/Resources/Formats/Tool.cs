using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>The tools that read the formats, and values that are hard on them.</summary>
static class Tool
{
    static readonly Rnd Seed = new(2026, 1127);

    static readonly char[] Hard = [.. " \"'`\\$%#;,:=!?*[](){}<>&|~^@+-./"];

    /// <summary>Values with what any of the formats takes for more than text.</summary>
    public static readonly Gen<string> Odd =
        from pieces in Gen.Choose(1, 12)
            .SelectMany(count =>
                Gen.ListOf(
                    Gen.Frequency(
                        (4, Gen.Elements(Hard).Select(c => $"{c}")),
                        (3, Gen.Elements("a", "b", "x41", "n", "ALL", "ü", "日", "\U0001F98A")),
                        (1, Gen.Elements("  ", "\\\\", "\\\"", "\\040", "%%", "${x}", "$(id)", "\t", "\n", "\r", "\u0001", " #", "\\ "))
                    ),
                    count
                )
            )
        select string.Concat(pieces);

    /// <summary>So many of them, the same ones each time.</summary>
    public static IReadOnlyList<T> Some<T>(Gen<T> values, int count) => [.. values.Sample(count, Seed, 50)];

    public static string? Path(string tool) =>
        ((string[])["/usr/sbin", "/usr/bin", "/sbin", "/bin"])
            .Select(directory => $"{directory}/{tool}")
            .FirstOrDefault(System.IO.File.Exists);

    /// <summary>What a tool prints of a file with that text, whose path is <c>{}</c> in the arguments.</summary>
    public static string Reads(string text, string tool, params IEnumerable<string> arguments)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cfg-format-").FullName;
        try
        {
            var file = $"{directory}/cfg.sources";
            System.IO.File.WriteAllText(file, text);
            ProcessStartInfo start = new(
                Path(tool) ?? tool,
                arguments.Select(argument => argument.Replace("{}", file, StringComparison.Ordinal))
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["LC_ALL"] = "C.UTF-8" },
            };
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} does not start");
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{tool}: {errors.Result}\n{output}\n{text}");
            return output;
        }
        finally
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
    }
}
