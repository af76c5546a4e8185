using System.Text;

namespace ConfigEngine.Testing;

/// <summary>A recording that is being made, from what was heard and from the file that is there already.</summary>
/// <param name="path">The file.</param>
/// <param name="redaction">Removes the secrets that are known.</param>
sealed class RecordingDraft(string path, Redaction redaction)
{
    // Lines of facts that are other ones at every look, although nothing was changed.
    static readonly string[] Restless = ["uptime=", "boot-id=", "now=", "MemAvailable:", "MemFree:", "Buffers:", "Cached:", "valid_lft "];

    /// <summary>The file as it was; null where there is none.</summary>
    public HostRecording? Before { get; } = File.Exists(path) ? RecordingFile.ReadAlone(path) : null;

    /// <summary>The recording, with answers of the file that were not asked for now.</summary>
    public HostRecording After(RecordingConnector.Heard heard, DateOnly today, string version)
    {
        var asked = heard.Answers.Select(Clean).ToDictionary(answer => (answer.Asked, answer.As));
        HostRecording fresh = new()
        {
            Path = path,
            Date = today,
            Cfg = version,
            Base = Before?.Base,
            Sections = [.. heard.Sections.Select(section => (section.Name, Settled(section.Name, redaction.Of(section.Text))))],
            Answers = [.. (Before?.Answers ?? []).Where(answer => !asked.ContainsKey((answer.Asked, answer.As))), .. asked.Values],
        };
        return fresh with { System = fresh.Facts.Distribution.PrettyName };
    }

    /// <summary>What is not as it was in the file: a line each.</summary>
    public static IReadOnlyList<string> Moved(HostRecording before, HostRecording after) =>
        [
            .. after
                .Sections.Where(section => before.Sections.All(was => was.Name != section.Name || was.Text != section.Text))
                .Select(section => $"facts: {section.Name}"),
            .. after
                .Answers.Select(now => (Now: now, Was: before.Find(now.Asked, now.As)))
                .Where(pair => pair.Was is not null && !Same(pair.Was.Answer, pair.Now.Answer))
                .Select(pair => pair.Now.Of)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    static bool Same(Output? one, Output? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Exit == other.Exit
                && one.Stdout.Span.SequenceEqual(other.Stdout.Span)
                && one.Stderr.Span.SequenceEqual(other.Stderr.Span);

    /// <summary>A restless line stays as the file has it, so that only what really changed shows.</summary>
    string Settled(string name, string text)
    {
        if (Before?.Sections.FirstOrDefault(section => section.Name == name).Text is not { } was)
            return text;
        var old = was.Split('\n').ToLookup(StartOf);
        Dictionary<string, int> seen = [];
        return string.Join(
            '\n',
            text.Split('\n')
                .Select(line =>
                {
                    if (StartOf(line) is not { Length: > 0 } start)
                        return line;
                    seen[start] = seen.GetValueOrDefault(start) + 1;
                    return old[start].ElementAtOrDefault(seen[start] - 1) ?? line;
                })
        );
    }

    static string StartOf(string line) =>
        Restless.FirstOrDefault(start => line.AsSpan().TrimStart().StartsWith(start, StringComparison.Ordinal)) ?? "";

    RecordedAnswer Clean(RecordedAnswer answer) =>
        answer with
        {
            Asked = redaction.Of(answer.Asked),
            Answer = answer.Answer is { } said ? Clean(said) : null,
        };

    Output Clean(Output said)
    {
        var text = Encoding.UTF8.GetString(said.Stdout.Span);
        var clean = redaction.Of(text);
        return (ReferenceEquals(clean, text) ? said : said with { Stdout = Encoding.UTF8.GetBytes(clean) }).Without(redaction);
    }
}
