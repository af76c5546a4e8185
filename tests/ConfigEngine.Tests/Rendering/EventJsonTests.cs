using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using static ConfigEngine.Tests.Rendering.Plans;

namespace ConfigEngine.Tests.Rendering;

public sealed class EventJsonTests
{
    [Fact]
    public void Every_event_is_one_line()
    {
        var change = File("/etc/motd", "old\n", "new\n");
        ApplyEvent[] events =
        [
            new ChangeStarted("web1", change.Address),
            new ChangeDone("web1", change, TimeSpan.FromSeconds(1.2345)),
            new AlreadyConverged("web1", "file /etc/x"),
            new Replanned("web1", [change]),
            new HandlerDone("web1", "restart nginx.service", TimeSpan.FromSeconds(2)),
            new HostFailed("web2", new OperationFailedException("web2", change.Address, "$ false", 7, "no\n")),
            new HostDone("web1"),
        ];
        var lines = events.Select(happened => EventJson.Line(happened, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))).ToList();
        Assert.DoesNotContain(lines, line => line.Contains('\n'));
        Snapshot.Verify(string.Join('\n', lines));
    }
}
