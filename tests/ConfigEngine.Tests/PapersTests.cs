using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ConfigEngine.Cli;
using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests;

/// <summary>What README, the manual and the other papers say in code is so.</summary>
public sealed partial class PapersTests
{
    static readonly string[] Papers =
    [
        "README.md",
        "recipes/MANUAL.md",
        "recipes/README.md",
        ".github/CONTRIBUTING.md",
        ".github/SECURITY.md",
    ];

    static IEnumerable<string> Reference =>
        Directory.EnumerateFiles(Repository.At("recipes/reference"), "*.md").Append(Repository.At("recipes/REFERENCE.md"));

    [Fact]
    public async Task Every_recipe_in_them_compiles()
    {
        using CfgRun cfg = new();
        Directory.CreateDirectory(cfg.PathOf("lib"));
        File.Copy(Repository.At("recipes/lib/web.csx"), cfg.PathOf("lib/web.csx"));
        cfg.Recipe("Hosts(new Host(\"web1\"), new Host(\"db1\"));\nGroup(\"web\", new Host(\"web2\"));", "infra.csx");
        cfg.Recipe("Host web3", "ssh_config");
        cfg.Recipe("[db]\ndb2\n", "hosts.ini");
        // The tool of a cloud is not on every machine, and ~/.ssh is the user's own.
        var recipes = Blocks("csharp")
            .Select(recipe => recipe.Replace("\"hcloud\"", "\"printf\", \"[]\"", StringComparison.Ordinal))
            .Select(recipe => recipe.Replace("(\"web*\")", "(\"web*\", \"ssh_config\")", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(recipes);
        foreach (var recipe in recipes)
            Assert.True(await cfg.Run("check", cfg.Recipe(recipe)) == 0, $"{recipe}\n{cfg.Error}");
    }

    [Fact]
    public void Every_command_in_them_is_one_that_cfg_knows()
    {
        using Interrupts interrupts = new();
        Terminal terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null);
        var commands = Papers.SelectMany(paper => Commands().Matches(Text(paper)).Select(match => match.Groups["command"].Value)).ToList();
        Assert.True(commands.Count > 20, $"only {commands.Count} commands were found");
        foreach (var command in commands)
        {
            var parsed = Cfg.Root(terminal, interrupts).Parse([.. CommandLineParser.SplitCommandLine(command.Replace('\'', '"'))]);
            Assert.True(parsed.Errors.Count == 0, $"cfg {command}: {string.Join("; ", parsed.Errors)}");
            Assert.True(command.Length == 0 || parsed.CommandResult.Command.Name != "cfg" || command[0] == '-', $"cfg {command}");
        }
    }

    [Fact]
    public void Every_file_that_they_link_to_exists() =>
        Assert.Empty(
            Papers
                .Concat(Reference.Select(path => Path.GetRelativePath(Repository.Root, path)))
                .SelectMany(paper =>
                    Links()
                        .Matches(Text(paper))
                        .Select(match => match.Groups["file"].Value)
                        .Where(file => !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.At(paper)) ?? "", file)))
                        .Select(file => $"{paper}: {file}")
                )
        );

    static IEnumerable<string> Blocks(string language) =>
        from paper in Papers
        from Match block in Fences().Matches(Text(paper))
        where block.Groups["language"].Value == language
        select block.Groups["text"].Value;

    static string Text(string paper) => File.ReadAllText(Repository.At(paper));

    [GeneratedRegex("^```(?<language>\\w+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    /// <summary>Commands between backticks, and those after a prompt.</summary>
    [GeneratedRegex(@"`cfg (?<command>[^`…]+)`|^\$ cfg (?<command>.+)$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\]\((?!http)(?<file>[^)#]+)\)")]
    private static partial Regex Links();
}
