using ConfigEngine.Rendering;
using ConfigEngine.Resources;
using ConfigEngine.Testing;
using static ConfigEngine.Tests.Rendering.Plans;
using Directory = ConfigEngine.Resources.Directory;

namespace ConfigEngine.Tests.Rendering;

/// <summary>A host with obstacles: each is shown where its resource is, beside all that could be planned.</summary>
public sealed class ObstacleTextTests
{
    [Fact]
    public void Each_obstacle_stands_in_its_place_and_nothing_of_the_host_is_counted() =>
        Snapshot.Verify(Text(90, Host("web1"), Host("web2"), Converged("db1")));

    [Fact]
    public void One_host_is_called_by_its_name() => Snapshot.Verify(Text(90, Host("web1")));

    [Fact]
    public void What_the_host_lacks_comes_before_them() => Snapshot.Verify(Text(90, Lacking(Host("web1")), Lacking(Work("web2"))));

    [Fact]
    public void They_are_in_the_json_with_their_addresses()
    {
        var host = PlanJson
            .Document(
                new([Host("web1")]),
                "1",
                "",
                new()
                {
                    Path = "site.csx",
                    Digest = "",
                    Files = [],
                },
                new()
            )
            .Hosts[0];

        Assert.Equal(["package ngnix", "user bob"], host.Obstacles.Select(obstacle => obstacle.Address));
        Assert.Equal(["/etc/motd"], host.Changes.Select(change => change.Key));
        Assert.Equal(string.Join('\n', host.Obstacles.Select(obstacle => obstacle.Message)), host.Error);
    }

    static HostPlan Converged(string name) => new(name, [new(1, [new(new Directory("/srv"))], [])]);

    static HostPlan Host(string name) =>
        new HostPlan(
            name,
            [
                new(
                    1,
                    [
                        Obstacle(name, new Package("ngnix"), "it cannot be done:\n  E: Unable to locate package ngnix"),
                        new PlannedChange(new Directory("/changed"), Plans.File("/etc/motd", null, "hi\n")),
                        Obstacle(name, new User("bob"), "the group none does not exist"),
                    ],
                    []
                ),
            ]
        )
        {
            System = "Debian GNU/Linux 12 (bookworm)",
        }.WithError;

    static HostPlan Work(string name) =>
        new(name, [new(1, [new PlannedChange(new Directory("/changed"), Plans.File("/etc/motd", null, "hi\n"))], [])]);

    static HostPlan Lacking(HostPlan host) =>
        (host with { Lacking = ToolsMissingException.Of(host.Host, Recording.Parse("debian-12") with { Lacks = ["flock"] }) }).WithError;

    static Entry Obstacle(string host, Resource resource, string problem) =>
        new(resource) { Obstacle = new PlanException(host, resource with { Source = Source }, problem) };
}
