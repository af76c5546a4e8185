using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Applying;

/// <summary>A run cannot go on behind the reboot of the machine that it is on.</summary>
public sealed class OwnRebootTests
{
    const string Here = "11111111-1111-1111-1111-111111111111";
    static readonly Facts Facts = new()
    {
        Kernel = new("6.1.0", ""),
        Architecture = "x86_64",
        Hostname = "here",
        Fqdn = "here",
        Cpus = 1,
        Memory = new(1),
        BootId = Here,
    };
    static readonly Reboot Always = new() { When = RebootWhen.Always };

    [Fact]
    public void It_may_be_the_very_last_thing() => Check(Plan([new Sysctl("net.ipv4.ip_forward") { Value = "1" }, Always]));

    [Fact]
    public void Nothing_may_come_behind_it()
    {
        var refused = Assert.Throws<PlanException>(() => Check(Plan([Always, new NoPath("/srv/x")])));
        Assert.Equal(
            "host: reboot always: cfg runs on this very machine, and what comes after its reboot could not be done\n  hint: make it "
                + "the last resource of the recipe, or run cfg from another machine",
            refused.Message
        );
    }

    [Fact]
    public void No_other_block_may_come_behind_one_that_calls_for_it() =>
        Assert.Throws<PlanException>(() =>
            Check(
                new(
                    "host",
                    [
                        new(1, [new(new NoPath("/srv/x") { Notifies = [Reboot.Now] })], [new(Reboot.Now, [], Certainty.Exact)]),
                        new(2, [new(new NoPath("/srv/y"))], []),
                    ]
                )
            )
        );

    [Fact]
    public void Another_machine_may_reboot_in_the_middle() =>
        OwnReboot.Check(Plan([Always, new NoPath("/srv/x")]), Facts, "22222222-2222-2222-2222-222222222222");

    [Fact]
    public void One_that_nobody_asks_for_is_no_matter() =>
        Check(new("host", [new(1, [new(new Reboot()), new(new NoPath("/srv/x"))], [])]));

    static HostPlan Plan(IReadOnlyList<Resource> resources) =>
        new("host", [new(1, [.. resources.Select(resource => new PlannedChange(resource, Change(resource)))], [])]);

    static Change Change(Resource resource) =>
        new()
        {
            Kind = resource.Kind,
            Key = resource.Key,
            Verb = Verb.Run,
            Certainty = Certainty.Exact,
            Effects = Effect.Of(resource),
        };

    static void Check(HostPlan plan) => OwnReboot.Check(plan, Facts, Here);
}
