using ConfigEngine.Cli;
using ConfigEngine.Cli.Cases;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>Many pages that differ for one reason are read once, and never accepted with one key.</summary>
public sealed class ReviewTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-review-");

    CaseResult Case(string host, string accepted, string page) =>
        new(new(System.IO.Path.Combine(directory.FullName, "site.csx"), host, null, ""), Outcome.Differs)
        {
            Accepted = accepted,
            Page = page,
        };

    IReadOnlyList<CaseResult> Open =>
        [
            Case(
                "web1",
                "web1\n  mode  0644\n\nPlan: 1 host, 1 change (exact).\n",
                "web1\n  mode  0640\n\nPlan: 1 host, 2 changes (exact).\n"
            ),
            Case("db1", "db1\n  content  1 byte\n", "db1\n  content  2 bytes\n"),
            Case("web2", "web2\n  mode  0644\n", "web2\n  mode  0640\n"),
        ];

    (int Accepted, string Said) Review(string typed)
    {
        using StringWriter output = new(),
            error = new();
        Terminal terminal = new(new StringReader(typed), output, error) { InIsTerminal = true };
        var results = new Reviewing(terminal).Run(new([new("site.csx", Open)], TimeSpan.Zero));
        return (results.Cases.Count(one => one.Outcome is Outcome.Passed), output.ToString() + error);
    }

    string[] Pages => [.. directory.GetFiles("*.verified.txt").Select(file => file.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void What_differs_in_the_same_lines_is_one_group_and_the_largest_comes_first() =>
        Assert.Equal(["web1 web2", "db1"], Reviewing.Groups(Open).Select(group => string.Join(' ', group.Select(one => one.Case.Host))));

    [Fact]
    public void A_group_is_accepted_by_its_number_and_the_reason_is_kept()
    {
        var (accepted, said) = Review("2\nmodes are stricter now\nn\n");

        Assert.Equal(2, accepted);
        Assert.Contains("1 of 2: 2 pages: site.web1 and site.web2", said, StringComparison.Ordinal);
        Assert.Equal(["site.web1.verified.txt", "site.web2.verified.txt"], Pages);
        Assert.EndsWith(
            "  site.web1, site.web2: modes are stricter now\n",
            System.IO.File.ReadAllText(System.IO.Path.Combine(directory.FullName, "accepted.txt")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("y\nn\n", 0)]
    [InlineData("yes\ny\n\n", 1)]
    [InlineData("q\n", 0)]
    [InlineData("", 0)]
    public void Nothing_is_accepted_by_a_key_that_was_pressed_too_often(string typed, int accepted) =>
        Assert.Equal(accepted, Review(typed).Accepted);

    [Fact]
    public async Task Without_a_terminal_there_is_no_review()
    {
        using CfgRun cfg = new();
        System.IO.Directory.CreateDirectory(cfg.PathOf("recordings"));
        Assert.Throws<UsageException>(() =>
            new Reviewing(new(TextReader.Null, TextWriter.Null, TextWriter.Null)).Run(new([new("site.csx", Open)], TimeSpan.Zero))
        );
        Assert.Equal(3, await cfg.Run("test", cfg.Target, "--review"));
    }

    public void Dispose() => directory.Delete(recursive: true);
}
