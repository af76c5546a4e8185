using ConfigEngine.Resources;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is written for apt, read back by apt-get(8).</summary>
public sealed class AptFormatTests
{
    [ToolFact("apt-get")]
    public void Each_word_is_read_back_as_it_was()
    {
        var repositories = Tool.Some(Tool.Odd.Three(), 300)
            .Select(odd => new AptRepository("x")
            {
                Uris = [$"http://x.example/{odd.Item1}"],
                Suites = [$"s{odd.Item2}".TrimEnd('/')],
                Components = [$"c{odd.Item3}"],
                Architectures = ["amd64"],
                Unsigned = true,
            })
            .Where(repository => !repository.Problems.Any())
            .DistinctBy(repository => repository.Uris[0])
            .Take(20)
            .ToList();
        Assert.Equal(20, repositories.Count);

        var read = Tool.Reads(
            string.Join('\n', repositories.Select(repository => repository.Stanza)),
            "apt-get",
            "--print-uris",
            "update",
            "-o",
            "Dir::Etc::sourcelist={}",
            "-o",
            "Dir::Etc::sourceparts=/dev/null",
            "-o",
            "Dir::State=/nonexistent",
            "-o",
            "Dir::Cache=/nonexistent",
            "-o",
            "Acquire::Languages=none"
        );

        // apt writes some characters of a path in its own way, which means the same.
        var plain = Uri.UnescapeDataString(read);
        Assert.All(
            repositories.Select(one => $"{one.Uris[0].TrimEnd('/')}/dists/{one.Suites[0]}/{one.Components?[0]}/binary-amd64/Packages"),
            uri => Assert.Contains(Uri.UnescapeDataString(uri), plain, StringComparison.Ordinal)
        );
    }
}
