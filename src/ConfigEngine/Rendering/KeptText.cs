using System.Globalization;

namespace ConfigEngine.Rendering;

/// <summary>Further information about a host, besides its changes: above all, the records of earlier runs.</summary>
static class KeptText
{
    /// <summary>The lines; none if there are no records.</summary>
    public static IEnumerable<OutputLine> Of(HostPlan host, PlanTextOptions options) =>
        Sentences(host, options)
            .SelectMany(said =>
                said.Ink switch
                {
                    Ink.Failed => Marks.Error(Printable.Lines(said.Text), options.Width - PlanText.ChangeColumn),
                    Ink.Warning => Marks.Warning(Printable.Lines(said.Text), options.Width - PlanText.ChangeColumn),
                    _ => Wrap.Hanging(
                        Printable.Lines(said.Text),
                        said.Ink,
                        new(new Span("· ", Ink.Dim)),
                        options.Width - PlanText.ChangeColumn
                    ),
                }
            );

    /// <summary>A time of a run, as plans write it.</summary>
    public static string Time(DateTimeOffset time, PlanTextOptions options) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        + (options.Ago is { } ago ? $", {ago(time)}" : "");

    static IEnumerable<(string Text, Ink Ink)> Sentences(HostPlan host, PlanTextOptions options)
    {
        if (host.Trouble is { } trouble)
            yield return (ErrorText.Of(host.Host, trouble), Ink.Failed);
        if (host.Kept.Holder is { } holder)
            yield return ($"another run is changing it: {holder.Sentence(options.Ago)}; this plan is of a moment in between", Ink.Warning);
        if (host.Kept.Finished is { } finished)
        {
            yield return finished.Exit == 0
                ? ($"{finished.What}: finished there after the connection of its run was lost", Ink.Plain)
                : (
                    $"{finished.What}: failed there with exit code {finished.Exit} after the connection of its run was lost, and said:\n"
                        + $"{string.Join('\n', finished.Said)}",
                    Ink.Failed
                );
        }

        foreach (var owed in host.LeftOwing)
            yield return (
                $"{owed.Handler} is still pending since {Time(owed.Since, options)} ({owed.By}; {Text.List(owed.Because)} changed). "
                    + "This recipe does not run it.",
                Ink.Warning
            );
    }
}
