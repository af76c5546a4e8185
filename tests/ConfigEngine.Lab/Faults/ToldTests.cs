using System.Text.Json;

namespace ConfigEngine.Lab.Faults;

/// <summary>The judge of reports by itself: it finds each kind of untruth, and nothing where there is none.</summary>
public sealed class ToldTests
{
    const string History = """
        { "events": [ {
            "left": [
                { "address": "file /failed", "state": "failed" },
                { "address": "file /halfway", "state": "failed" },
                { "address": "file /doubt", "state": "in-doubt" },
                { "address": "file /undone", "state": "undone" },
                { "address": "file /not-taken", "state": "did-not-take" },
                { "address": "file /not-begun", "state": "not-begun" },
                { "address": "restart app.service", "state": "not-begun" }
            ],
            "events": [
                { "event": "change-done", "address": "file /done" },
                { "event": "change-done", "address": "file /undone" },
                { "event": "handler-done", "address": "reload app.service" },
                { "event": "change-ended", "address": "file /failed", "state": "failed", "reached": "nothing" },
                { "event": "change-ended", "address": "file /halfway", "state": "failed", "reached": "part" }
            ]
        } ] }
        """;

    static readonly string[] MadeSo = ["file /done", "reload app.service"];

    static readonly string[] Either = ["file /halfway", "file /doubt"];

    [Fact]
    public void A_report_that_is_true_has_nothing_untrue()
    {
        var told = Judged(MadeSo);

        Assert.Equal(9, told.Count);
        Assert.DoesNotContain(told, one => one.IsUntrue);
    }

    [Fact]
    public void Every_line_that_the_host_contradicts_is_untrue()
    {
        var untrue = Judged([.. Judged([]).Select(one => one.Address).Except(MadeSo)]).Where(one => one.IsUntrue).ToList();

        Assert.Equal(Judged([]).Select(one => one.Address).Except(Either).Order(), untrue.Select(one => one.Address).Order());
        Assert.Contains("file /done: done, and it is not so", untrue.Select(one => one.ToString()));
        Assert.Contains("file /failed: failed, nothing changed, and it is so", untrue.Select(one => one.ToString()));
        Assert.Contains("restart app.service: not-begun, and it is so", untrue.Select(one => one.ToString()));
    }

    [Fact]
    public void What_cannot_be_judged_is_counted_as_that()
    {
        var told = Told.Read(JsonDocument.Parse(History).RootElement, _ => null);

        Assert.DoesNotContain(told, one => one.IsUntrue);
        Assert.Contains($"  {"lines",-24}      9      0 wrong      9 not judged\n", Told.Table(told), StringComparison.Ordinal);
    }

    static IReadOnlyList<Told> Judged(IReadOnlyList<string> so) =>
        Told.Read(JsonDocument.Parse(History).RootElement, address => so.Contains(address));
}
