using ConfigEngine.Cli;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Recordings;

/// <summary>What a plan is, apart from cfg's words for it: the same for new words, and another for everything else.</summary>
public sealed class PlanContentTests
{
    static readonly PlannedChange Change = new(
        new ConfigEngine.Resources.Directory("/srv"),
        new()
        {
            Kind = "directory",
            Key = "/srv",
            Verb = Verb.Update,
            Certainty = Certainty.Predicted,
            Because = "after user app",
            Attributes = [new("mode", Mode.Parse("0755"), Mode.Parse("0700"))],
            Operations = [new(Shell.Verbatim("chmod 700 /srv")), new(Shell.Verbatim("true")) { Title = "make /srv, with mode 0700" }],
            Effects = [new(EffectKind.Removes, "package a")],
            Notes = ["could cut off SSH: rolled back within 60 s"],
            Notifies = ["restart app"],
        }
    );

    static string Of(PlannedChange change, Func<HostPlan, HostPlan>? with = null)
    {
        HostPlan plan = new("web1", [new(1, [change], [])]) { System = "Debian" };
        return PlanContent.DigestOf(with is null ? plan : with(plan));
    }

    static string Of(Func<Change, Change> with) => Of(Change with { Change = with(Change.Change) });

    [Fact]
    public void Other_words_are_the_same_plan()
    {
        Assert.Equal(Of(Change), Of(change => change with { Notes = ["could lock you out (undone after 60 s)"] }));
        Assert.Equal(
            Of(Change),
            Of(change =>
                change with
                {
                    Operations = [change.Operations[0], change.Operations[1] with { Title = "create /srv with 0700" }],
                }
            )
        );
        Assert.Equal(Of(Change), Of(change => change with { Because = "later than user app" }));
        Assert.Equal(Of(Change), Of(change => change with { Source = new("site.csx", 7, 1) }));
    }

    [Fact]
    public void Everything_else_is_another_plan()
    {
        IReadOnlyList<string> all =
        [
            Of(Change),
            Of(change => change with { Kind = "file" }),
            Of(change => change with { Key = "/srv/a" }),
            Of(change => change with { Verb = Verb.Create }),
            Of(change => change with { Certainty = Certainty.Exact }),
            Of(change => change with { Because = "after file /etc/app" }),
            Of(change => change with { Attributes = [] }),
            Of(change => change with { Attributes = [new("mode", Mode.Parse("0755"), Mode.Parse("0701"))] }),
            Of(change => change with { Attributes = [new("rights", Mode.Parse("0755"), Mode.Parse("0700"))] }),
            Of(change => change with { Operations = [change.Operations[0]] }),
            Of(change => change with { Operations = [new(Shell.Verbatim("chmod 701 /srv")), change.Operations[1]] }),
            Of(change =>
                change with
                {
                    Operations = [change.Operations[0], change.Operations[1] with { Title = "make /srv, with mode 0711" }],
                }
            ),
            Of(change => change with { Effects = [] }),
            Of(change => change with { Effects = [new(EffectKind.Removes, "package b")] }),
            Of(change => change with { Notes = [] }),
            Of(change => change with { Notes = ["could cut off SSH: rolled back within 90 s"] }),
            Of(change => change with { Notifies = ["restart other"] }),
            Of(Change with { Obstacle = new UsageException("no") }),
            Of(Change, plan => plan with { System = "Fedora" }),
            Of(Change, plan => plan with { Error = new UsageException("no") }),
        ];
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
