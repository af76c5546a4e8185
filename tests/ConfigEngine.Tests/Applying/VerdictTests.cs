using System.Text;
using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Applying;

/// <summary>What a host says of a step may be anything, and is an error of that host that says what came of it.</summary>
public sealed class VerdictTests
{
    static readonly Step Step = new([EntryOf("one"), EntryOf("two")]);

    [Theory]
    [InlineData(Step.Failed, "")]
    [InlineData(Step.Failed, "nonsense\n")]
    [InlineData(Step.Failed, "0 x part\n")]
    [InlineData(Step.Failed, "0 99999999999 part\n")]
    [InlineData(Step.Failed, "7 1 part\n")]
    [InlineData(Step.Failed, "-1 1 part\n")]
    [InlineData(Step.Failed, "0 1\n")]
    [InlineData(Step.Failed, "\ufffd\ud800\n")]
    [InlineData(Step.Drifted, "")]
    [InlineData(Step.Drifted, "0")]
    [InlineData(Step.Drifted, "2\ndone=true\n")]
    [InlineData(Step.Drifted, "x\ndone=true\n")]
    [InlineData(Step.Unseen, "")]
    [InlineData(Step.Unseen, "0\n")]
    [InlineData(Step.Unseen, "0\n\nx\n")]
    [InlineData(Step.Unseen, "5\n\n1\n")]
    public void Nonsense_is_an_error_that_says_so(int exit, string said)
    {
        var (error, state, reached) = Assert.NotNull(Verdict.Of("web1", Step, new(exit, Encoding.UTF8.GetBytes(said), default)));

        Assert.StartsWith("web1: ", Assert.IsType<OperationFailedException>(error).Message, StringComparison.Ordinal);
        Assert.Contains("what the host said of it cannot be understood: expected ", error.Message, StringComparison.Ordinal);
        Assert.Equal((ChangeState.Failed, Reached.Unknown), (state, reached));
    }

    [Fact]
    public void What_is_no_nonsense_is_told()
    {
        var (error, state, reached) = Assert.NotNull(
            Verdict.Of("web1", Step, new(Step.Failed, "1 3 part\n"u8.ToArray(), "no room\n"u8.ToArray()))
        );

        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
        Assert.Equal((ChangeState.Failed, Reached.Unknown == reached), (state, false));
    }

    [Theory]
    [InlineData("began=x\n")]
    [InlineData("did=-1\n")]
    [InlineData("nothing\n")]
    [InlineData("result=x step\n")]
    [InlineData("result=\n")]
    public void A_record_of_steps_that_is_none_is_not_understood(string said) =>
        Assert.Throws<UnexpectedOutputException>(() => StepLog.Read(Output.Of(said)));

    [Theory]
    [InlineData("who=ann\nsince=yesterday\n")]
    [InlineData("who=ann\nsupervised=x\n")]
    [InlineData("who=ann\nresult=1\n")]
    [InlineData("owed=x\n")]
    [InlineData("owed=x {\n")]
    [InlineData("nonsense\n")]
    public void What_earlier_runs_left_is_an_error_of_the_host_where_it_is_not_understood(string said) =>
        Assert.StartsWith(
            "web1: ",
            Assert.Throws<ProbeFailedException>(() => Ledger.Read("web1", Output.Of(said), null)).Message,
            StringComparison.Ordinal
        );

    static PlannedChange EntryOf(string name)
    {
        Command command = new($"touch {name}") { Creates = $"/srv/{name}" };
        var question = Planner.Probes([command])[0];
        return Planner
            .Plan("web1", [(1, [command])], new Dictionary<ProbeRequest, Output> { [question] = Output.Of("done=false\n") }, [])
            .Planned.Single();
    }
}
