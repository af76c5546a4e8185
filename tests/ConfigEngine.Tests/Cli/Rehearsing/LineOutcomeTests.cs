using System.Text.Json.Nodes;
using ConfigEngine.Cli;
using ConfigEngine.Cli.Rehearsing;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Rendering;
using Directory = ConfigEngine.Resources.Directory;

namespace ConfigEngine.Tests.Cli.Rehearsing;

/// <summary>What was planned beside what was done: a line is as planned only where it says nothing else.</summary>
public sealed class LineOutcomeTests
{
    static readonly AttributeChange Mode = new("mode", "0600", "0644");
    static readonly AttributeChange Owner = new("owner", "app", "root");

    static Change Planned(Certainty certainty, Verb verb, params AttributeChange[] attributes) =>
        new()
        {
            Kind = "file",
            Key = "/a",
            Verb = verb,
            Certainty = certainty,
            Attributes = attributes,
        };

    static HostPlan Plan(params Change[] changes) =>
        new("web1", [new(1, [.. changes.Select(change => new PlannedChange(new Directory("/a"), change))], [])]) { System = "Debian 12" };

    static ChangeReport Made(Change change, ChangeState state = ChangeState.Done) => new(change.Address, state) { Change = change };

    static LineOutcome Outcome(Change planned, params ChangeReport[] made) =>
        Assert.Single(LineOutcome.Of(Plan(planned), new("web1", made, [])));

    [Theory]
    [InlineData(Certainty.Exact, nameof(LineResult.AsPlanned))]
    [InlineData(Certainty.Predicted, nameof(LineResult.AsPlanned))]
    [InlineData(Certainty.Unknown, nameof(LineResult.AsPlanned))]
    public void What_is_done_as_shown_is_as_planned(Certainty certainty, string result)
    {
        var planned = Planned(certainty, Verb.Update, Mode, Owner);
        var line = Outcome(planned, Made(planned));
        Assert.Equal((result, true), (line.Result.ToString(), line.IsAsSaid));
    }

    /// <summary>Each certainty allows what it says it does not know, and nothing else.</summary>
    [Theory]
    [InlineData(Certainty.Exact, Verb.Create, true, true, nameof(LineResult.Otherwise))]
    [InlineData(Certainty.Predicted, Verb.Create, true, true, nameof(LineResult.AsPlanned))]
    [InlineData(Certainty.Predicted, Verb.Remove, true, true, nameof(LineResult.Otherwise))]
    [InlineData(Certainty.Unknown, Verb.Remove, true, true, nameof(LineResult.AsPlanned))]
    [InlineData(Certainty.Exact, Verb.Update, true, false, nameof(LineResult.Otherwise))]
    [InlineData(Certainty.Predicted, Verb.Update, true, false, nameof(LineResult.AsPlanned))]
    [InlineData(Certainty.Exact, Verb.Update, false, true, nameof(LineResult.Otherwise))]
    [InlineData(Certainty.Predicted, Verb.Update, false, true, nameof(LineResult.Otherwise))]
    [InlineData(Certainty.Unknown, Verb.Update, false, true, nameof(LineResult.AsPlanned))]
    public void Another_verb_or_attribute_is_told_where_the_plan_was_sure(
        Certainty certainty,
        Verb verb,
        bool isOwnerPlanned,
        bool isOwnerDone,
        string result
    )
    {
        var planned = Planned(certainty, verb, isOwnerPlanned ? [Mode, Owner] : [Mode]);
        var done = Planned(Certainty.Exact, Verb.Update, isOwnerDone ? [Mode, Owner] : [Mode]);
        Assert.Equal(result, Outcome(planned, Made(done)).Result.ToString());
    }

    [Theory]
    [InlineData(Certainty.Exact, "0400", "0644", true)]
    [InlineData(Certainty.Predicted, "0400", "0644", false)]
    [InlineData(Certainty.Predicted, "0600", "0640", true)]
    [InlineData(Certainty.Unknown, "0600", "0640", true)]
    public void Another_value_is_told_with_both(Certainty certainty, string before, string after, bool isTold)
    {
        var line = Outcome(
            Planned(certainty, Verb.Update, Mode),
            Made(Planned(Certainty.Exact, Verb.Update, new AttributeChange("mode", before, after)))
        );
        Assert.Equal(isTold ? LineResult.Otherwise : LineResult.AsPlanned, line.Result);
        if (isTold)
            Assert.Equal((Mode, new AttributeChange("mode", before, after)), (line.Attributes[0].Planned, line.Attributes[0].Done));
    }

    [Fact]
    public void What_only_the_host_could_tell_is_as_planned_whatever_it_told()
    {
        var unknown = new AttributeChange("content", null, JsonValues.From(JsonNode.Parse("""{ "unknown": true }""")));
        var told = new AttributeChange("content", null, (Content)"told");
        Assert.Equal(
            LineResult.AsPlanned,
            Outcome(Planned(Certainty.Unknown, Verb.Create, unknown), Made(Planned(Certainty.Exact, Verb.Create, told))).Result
        );
    }

    [Theory]
    [InlineData(ChangeState.Failed, nameof(LineResult.Failed))]
    [InlineData(ChangeState.DidNotTake, nameof(LineResult.Failed))]
    [InlineData(ChangeState.InDoubt, nameof(LineResult.Failed))]
    [InlineData(ChangeState.Undone, nameof(LineResult.Failed))]
    [InlineData(ChangeState.NotBegun, nameof(LineResult.NotBegun))]
    public void What_was_not_done_says_how(ChangeState state, string result)
    {
        var planned = Planned(Certainty.Exact, Verb.Update, Mode);
        var line = Outcome(planned, Made(planned, state));
        Assert.Equal((result, false), (line.Result.ToString(), line.IsAsSaid));
    }

    [Fact]
    public void A_line_that_was_not_needed_is_a_fault_only_where_the_plan_was_sure()
    {
        Assert.True(Outcome(Planned(Certainty.Predicted, Verb.Update, Mode)).IsAsSaid);
        Assert.False(Outcome(Planned(Certainty.Exact, Verb.Update, Mode)).IsAsSaid);
    }

    [Fact]
    public void What_was_done_and_is_in_no_line_is_unplanned_unless_it_was_to_be_looked_at_again()
    {
        var other = Planned(Certainty.Exact, Verb.Update, Mode) with { Key = "/other" };
        Assert.Equal(
            ["file /other: Unplanned"],
            LineOutcome.Of(Plan(), new("web1", [Made(other)], [])).Select(line => $"{line.Address}: {line.Result}")
        );
        var recheck = Planned(Certainty.Predicted, Verb.Recheck) with { Key = "/other" };
        Assert.Empty(LineOutcome.Of(Plan(recheck), new("web1", [Made(other)], [])));
    }

    static Rehearsal Whole()
    {
        var package = Planned(Certainty.Exact, Verb.Update, Mode) with { Kind = "package", Key = "nginx" };
        var predicted = Planned(Certainty.Predicted, Verb.Update, Mode, Owner);
        var unit = Planned(Certainty.Predicted, Verb.Update, Mode) with { Kind = "systemd-unit", Key = "nginx.service" };
        var plan = Plan(package, predicted, unit);
        HostReport report = new(
            "web1",
            [
                Made(package),
                Made(predicted with { Attributes = [Mode with { After = "0640" }, new("group", "app", "correct horse battery")] }),
            ],
            []
        );
        return new(
            "site.csx",
            [
                new("web1", "Debian 12") { Lines = LineOutcome.Of(plan, report), Again = [predicted] },
                new("db1", "Debian 12")
                {
                    Lines = [new("db1", "file", "file /b", Certainty.Exact, LineResult.Failed)],
                    Errors = [new UsageException("site.csx(3,5): db1: file /b: no space left on device")],
                    Again = [predicted],
                },
            ]
        )
        {
            Saved = [new("web1", "package nginx", null), new("web1", "file /a", "mode is 0644 in the plan, and became 0640")],
        };
    }

    [Fact]
    public void All_that_is_not_as_planned_is_told() =>
        Snapshot.Verify(string.Concat(RehearsalText.Of(Whole(), 78).Select(line => $"{line}\n")));

    [Fact]
    public void Json_is_as_its_schema_says_and_has_no_secret()
    {
        Redaction redaction = new();
        Secret secret = new("test", () => "correct horse battery");
        secret.Reveal();
        redaction.Add(secret);
        var document = JsonNode.Parse(RehearsalDocument.Write(Whole(), redaction));
        Assert.Empty(Schema.Problems(JsonNode.Parse(RehearsalDocument.Schema), document));
        Assert.DoesNotContain("correct horse", document?.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("otherwise", (string?)document?["hosts"]?[0]?["lines"]?[1]?["result"]);
    }
}
