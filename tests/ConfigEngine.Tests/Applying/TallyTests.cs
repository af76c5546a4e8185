using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests.Applying;

/// <summary>One state for each change and handler of a run.</summary>
public sealed class TallyTests
{
    static readonly Handler Bell = new("ring the bell", $"true");
    readonly Tally tally = new();

    [Fact]
    public void What_was_sent_and_never_answered_is_in_doubt_and_what_was_not_sent_is_not_begun()
    {
        var block = Block(1, "/a", "/b", "/c");
        tally.Plan([block], []);

        tally.Set(1, block.Planned.ElementAt(0), ChangeState.Done);
        tally.Set(1, block.Planned.ElementAt(1), ChangeState.Sent);

        Assert.Equal(
            [
                ("file /a", ChangeState.Done),
                ("file /b", ChangeState.InDoubt),
                ("file /c", ChangeState.NotBegun),
                ("ring the bell", ChangeState.NotBegun),
            ],
            tally.AtTheEnd.Select(report => (report.Address, report.State))
        );
    }

    [Fact]
    public void Each_state_is_reported_as_itself()
    {
        foreach (var state in Enum.GetValues<ChangeState>().Except([ChangeState.Planned, ChangeState.Sent]))
        {
            Tally one = new();
            var block = Block(1, "/a");
            one.Plan([block], []);
            one.Set(1, block.Planned.ElementAt(0), state, Reached.Part);
            Assert.Equal(state, one.AtTheEnd[0].State);
        }
    }

    [Fact]
    public void What_a_later_plan_needs_no_more_is_forgotten_and_what_was_done_is_not()
    {
        var block = Block(1, "/a", "/b", "/c");
        tally.Plan([block, Block(2, "/d")], []);
        tally.Set(1, block.Planned.ElementAt(0), ChangeState.Done);

        tally.Plan([Block(1, "/c"), Block(2, "/e")], []);

        Assert.Equal(["file /a", "file /c", "file /e", "ring the bell", "ring the bell"], tally.Now.Select(report => report.Address));
    }

    [Fact]
    public void A_handler_that_is_called_for_by_what_was_done_stays_when_the_rest_is_planned_again()
    {
        tally.Plan([Block(1, "/a", "/b")], []);
        tally.Plan([new(1, [], [])], [Bell.Name]);
        Assert.Equal([Bell.Name], tally.Now.Select(report => report.Address));
    }

    [Fact]
    public void Nothing_is_said_to_be_unchanged_that_may_have_been_changed()
    {
        foreach (var state in Enum.GetValues<ChangeState>())
        {
            foreach (var reached in Enum.GetValues<Reached>())
            {
                var isUntouched = new ChangeReport("file /a", state) { Reached = reached }.IsUntouched;
                Assert.Equal(
                    state is ChangeState.Planned or ChangeState.NotBegun || (state is ChangeState.Failed && reached is Reached.Nothing),
                    isUntouched
                );
            }
        }
    }

    static BlockPlan Block(int number, params string[] paths) =>
        new(
            number,
            [
                .. paths.Select(path => new PlannedChange(
                    new File(path) { Content = "x", Notifies = [Bell] },
                    new Change
                    {
                        Kind = "file",
                        Key = path,
                        Verb = Verb.Create,
                        Certainty = Certainty.Exact,
                    }
                )),
            ],
            [new(Bell, [.. paths], Certainty.Exact)]
        );
}
