using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests;

/// <summary>What becomes exact in the middle of a run does nothing worse than what the plan showed.</summary>
public sealed class UnshownTests
{
    static readonly Effect Removes = new(EffectKind.Removes, "mariadb-server") { Detail = "10.11.6" };

    [Fact]
    public void What_was_shown_may_be_done() =>
        Unshown.Check(Plan(Line(Certainty.Predicted, Removes)), Plan(Line(Certainty.Exact, Removes with { Detail = "10.11.7" })));

    [Fact]
    public void What_was_shown_of_one_line_may_be_done_by_another() =>
        Unshown.Check(
            Plan(Line(Certainty.Predicted, Removes), Line(Certainty.Predicted)),
            Plan(Line(Certainty.Predicted), Line(Certainty.Exact, Removes))
        );

    [Fact]
    public void A_removal_that_was_not_shown_is_refused_with_what_it_is() =>
        Assert.Equal(
            """
            site.csx(7,5): web1: no-package lsof would do more than the plan showed:
              also removes mariadb-server 10.11.6
              It was not started. Plan again, review the new plan, and apply it if you agree.
            """,
            Assert
                .Throws<UnshownException>(() => Unshown.Check(Plan(Line(Certainty.Predicted)), Plan(Line(Certainty.Exact, Removes))))
                .Message
        );

    [Theory]
    [InlineData(EffectKind.Downgrades)]
    [InlineData(EffectKind.Discards)]
    [InlineData(EffectKind.Unmounts)]
    [InlineData(EffectKind.Restarts)]
    [InlineData(EffectKind.Reboots)]
    [InlineData(EffectKind.MayCutConnection)]
    public void So_is_anything_that_can_hurt(EffectKind kind) =>
        Assert.Throws<UnshownException>(() =>
            Unshown.Check(Plan(Line(Certainty.Predicted, Removes)), Plan(Line(Certainty.Exact, new Effect(kind, "mariadb-server"))))
        );

    [Theory]
    [InlineData(EffectKind.Installs)]
    [InlineData(EffectKind.Upgrades)]
    public void What_comes_along_or_is_renewed_needs_no_consent(EffectKind kind) =>
        Unshown.Check(Plan(Line(Certainty.Predicted)), Plan(Line(Certainty.Exact, new Effect(kind, "libc6"))));

    [Fact]
    public void What_is_still_predicted_is_not_judged_yet() =>
        Unshown.Check(Plan(Line(Certainty.Predicted)), Plan(Line(Certainty.Predicted, Removes)));

    [Fact]
    public void What_is_only_looked_at_again_has_shown_what_it_may_do()
    {
        Resource[] rest =
        [
            new Command($"true"),
            new Reboot(),
            new File("/etc/ssh/sshd_config.d/one.conf") { Content = "x\n", Notifies = [Reboot.Now] },
        ];
        var shown = Planned(
            rest,
            "done=false\n",
            "",
            "file|644|0|0|2|73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac\nmissing\n"
        );
        Assert.Equal([Verb.Run, Verb.Recheck, Verb.Recheck], shown.Planned.Select(entry => entry.Change.Verb));

        Unshown.Check(shown, Planned(rest[1..2], "flag=/run/reboot-required\n"));
        Unshown.Check(shown, Planned(rest[2..], "absent|directory\nmissing\n"));
    }

    [Fact]
    public void A_restart_that_no_line_called_for_is_refused()
    {
        var unit = new SystemdUnit("app.service") { Running = true };
        File file = new("/etc/app.conf") { Content = "x\n" };

        Unshown.Check(
            Planned([file with { Notifies = [unit.Restart] }], "absent|directory\nmissing\n"),
            Planned([file with { Notifies = [unit.Restart] }], "absent|directory\nmissing\n")
        );
        Unshown.Check(
            Planned([file], "absent|directory\nmissing\n"),
            Planned([file with { Notifies = [unit.Reload] }], "absent|directory\nmissing\n")
        );
        Assert.Contains(
            "handler \"restart app.service\" would do more than the plan showed:\n  restarts app.service\n",
            Assert
                .Throws<UnshownException>(() =>
                    Unshown.Check(
                        Planned([file], "absent|directory\nmissing\n"),
                        Planned([file with { Notifies = [unit.Restart] }], "absent|directory\nmissing\n")
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Handlers_run_in_the_order_of_the_plan_and_a_reboot_last()
    {
        Handler[] handlers = [new("c", $"true"), new("a", $"true"), new("b", $"true")];
        IReadOnlyList<HandlerCall> planned = [.. handlers.Select(handler => new HandlerCall(handler, [], Certainty.Exact))];

        var run = Planner.InOrder(planned, [Reboot.Now, new("late", $"true"), handlers[2], handlers[1], handlers[0]]);

        Assert.Equal("c a b late reboot", string.Join(' ', run.Select(handler => handler.Name)));
    }

    static HostPlan Planned(IReadOnlyList<Resource> resources, params IReadOnlyList<string> answers) =>
        Planner.Plan(
            "web1",
            [(1, resources)],
            resources.Zip(answers).ToDictionary(pair => Planner.Probes([pair.First])[0], pair => Output.Of(pair.Second)),
            []
        );

    static HostPlan Plan(params IReadOnlyList<Entry> entries) => new("web1", [new(1, entries, [])]);

    static PlannedChange Line(Certainty certainty, params IReadOnlyList<Effect> effects)
    {
        NoPackage lsof = new("lsof") { Source = new("site.csx", 7, 5) };
        return new(
            lsof,
            new()
            {
                Kind = lsof.Kind,
                Key = lsof.Key,
                Verb = Verb.Remove,
                Certainty = certainty,
                Effects = effects,
                Source = lsof.Source,
            }
        )
        {
            Guard = certainty is Certainty.Exact ? new($"true", "") : null,
        };
    }
}
