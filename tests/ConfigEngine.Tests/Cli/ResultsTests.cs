using ConfigEngine.Cli.Applying;
using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>The closing table says of each host what became of that host.</summary>
public sealed class ResultsTests
{
    [Fact]
    public void A_host_has_the_counts_of_its_own()
    {
        var text = Text(Host("a", 3, ChangeState.Done), Host("b", 0, ChangeState.Done), Host("c", 3, ChangeState.Done));
        Assert.Contains("a, c (2 hosts)  done         3 changes\n", text, StringComparison.Ordinal);
        Assert.Contains("b               done         nothing to do\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_that_failed_alike_and_came_to_different_ends_are_not_told_as_one()
    {
        var text = Text(Failed("a", ChangeState.Done, ChangeState.Failed), Failed("b", ChangeState.NotBegun, ChangeState.Failed));
        Assert.Contains("a  failed       1 change\n", text, StringComparison.Ordinal);
        Assert.Contains("b  failed       no change was completed\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_was_changed_is_said_only_where_that_is_known()
    {
        foreach (var state in Enum.GetValues<ChangeState>())
        {
            foreach (var reached in Enum.GetValues<Reached>())
            {
                var text = Text(new HostReport("a", [new("file /a", state) { Reached = reached }], [new RecipeException("it failed")]));
                Assert.Equal(
                    new ChangeReport("file /a", state) { Reached = reached }.IsUntouched,
                    text.Contains("nothing was changed", StringComparison.Ordinal)
                );
            }
        }
    }

    [Fact]
    public void A_handler_that_failed_is_told_as_failed_and_still_owed() =>
        Assert.Contains(
            "failed, and still pending: restart app\n",
            Text(new HostReport("a", [new("restart app", ChangeState.Failed) { IsHandler = true }], [new RecipeException("it failed")])),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_undone_in_part_is_not_told_as_undone() =>
        Assert.Contains(
            "partly rolled back by the host; the rest of what it did stays: command /0\n",
            Text(new HostReport("a", [new("command /0", ChangeState.PartlyUndone)], [new RecipeException("it failed")])),
            StringComparison.Ordinal
        );

    static HostReport Host(string name, int changes, ChangeState state) =>
        new(name, [.. Enumerable.Range(0, changes).Select(i => Report(i, state))], []);

    static HostReport Failed(string name, params ChangeState[] states) =>
        new(
            name,
            [.. states.Select((state, i) => Report(i, state) with { Reached = Reached.Unknown })],
            [new RecipeException("it failed")]
        );

    static ChangeReport Report(int i, ChangeState state) =>
        new($"file /{i}", state)
        {
            Change = new()
            {
                Kind = "file",
                Key = $"/{i}",
                Verb = Verb.Create,
                Certainty = Certainty.Exact,
            },
        };

    static string Text(params HostReport[] hosts) => Ansi.Plain(Results.Of(new(hosts), null));
}
