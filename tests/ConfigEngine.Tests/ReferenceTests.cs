using ConfigEngine.Testing;
using ConfigEngine.Tests.Documenting;

namespace ConfigEngine.Tests;

public sealed class ReferenceTests
{
    /// <summary>The directories whose pages are all made.</summary>
    static readonly string[] Made = ["recipes/reference", "tests/ConfigEngine.Tests/Pages"];

    static readonly IReadOnlyList<(string Path, string Text)> Files =
    [
        .. Reference.Render(Repository.At("tests/ConfigEngine.Tests/Resources")),
    ];

    public static TheoryData<string> Paths => [.. Files.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_reference_is_what_the_code_says(string path) =>
        Snapshot.VerifyFile(Files.Single(file => file.Path == path).Text, Repository.At(path));

    [Fact]
    public void Nothing_is_left_of_what_is_no_longer_there() =>
        Assert.Empty(
            Made.SelectMany(directory => System.IO.Directory.EnumerateFiles(Repository.At(directory), "*.md"))
                .Select(path => Path.GetRelativePath(Repository.Root, path))
                .Except(Files.Select(file => file.Path))
        );

    /// <summary>GitHub shows a page up to 512 KB; a reader has enough long before.</summary>
    [Fact]
    public void No_page_is_too_long_to_read() =>
        Assert.All(
            Files.Where(file => file.Path.StartsWith("recipes/", StringComparison.Ordinal)),
            file => Assert.True(file.Text.Length < 100_000, $"{file.Path} has {file.Text.Length} characters")
        );

    [Fact]
    public void Every_resource_shows_a_plan() =>
        Assert.Empty(Files.Where(file => file.Path.StartsWith("recipes/reference/", StringComparison.Ordinal)).SelectMany(Unplanned));

    [Fact]
    public void Every_resource_shows_what_it_runs() =>
        Assert.Empty(
            Files
                .Where(file => file.Path.StartsWith("recipes/reference/", StringComparison.Ordinal))
                .SelectMany(file => PagesOf(file.Text))
                .Where(page => page.Contains("A plan (") && !page.Contains("It runs:"))
                .Select(page => page.Split('\n')[0])
        );

    static IEnumerable<string> PagesOf(string text) => text.Split("\n## Values\n")[0].Split("\n### ").Skip(1);

    static IEnumerable<string> Unplanned((string Path, string Text) file) =>
        PagesOf(file.Text)
            .Where(page => file.Text.Contains("\n## Resources\n") && !page.Contains("A plan ("))
            .Select(page => page.Split('\n')[0]);
}
