using System.Text;

namespace ConfigEngine.Testing;

/// <summary>A recording that is being made, from what was heard and from the file that is there already.</summary>
/// <param name="path">The file.</param>
/// <param name="redaction">Removes the secrets that are known.</param>
/// <param name="based">The recording that it is based on, if the file does not name one yet; none when null.</param>
sealed class RecordingDraft(string path, Redaction redaction, string? based = null)
{
    // Lines of facts that are other ones at every look, although nothing was changed.
    static readonly string[] Restless = ["uptime=", "boot-id=", "now=", "MemAvailable:", "MemFree:", "Buffers:", "Cached:", "valid_lft "];

    readonly HostRecording? own = File.Exists(path) ? RecordingFile.ReadAlone(path) : null;

    /// <summary>The file as it was, with what it takes from its base; null where there is none.</summary>
    public HostRecording? Before { get; } = File.Exists(path) ? RecordingFile.Read(path) : null;

    /// <summary>The base, relative to the file; null where it has none.</summary>
    string? Base =>
        Before?.Base ?? (based is null ? null : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", based));

    HostRecording? Under => Base is { } file ? RecordingFile.Read(Path.Combine(Path.GetDirectoryName(path) ?? "", file)) : null;

    /// <summary>The recording, with answers of the file that were not asked for now.</summary>
    public HostRecording After(RecordingConnector.Heard heard, DateOnly today, string version)
    {
        var asked = heard.Answers.Select(Clean).ToDictionary(answer => (answer.Asked, answer.As));
        var was = Before ?? Under;
        HostRecording fresh = new()
        {
            Path = path,
            Date = today,
            Cfg = version,
            Base = Base,
            Sections = [.. heard.Sections.Select(section => (section.Name, Settled(was, section.Name, redaction.Of(section.Text))))],
            Answers = [.. (was?.Answers ?? []).Where(answer => !asked.ContainsKey((answer.Asked, answer.As))), .. asked.Values],
        };
        return fresh with { System = fresh.Facts.Distribution.PrettyName };
    }

    /// <summary>What the file keeps of a recording: all that its base does not say already.</summary>
    public HostRecording Alone(HostRecording recording) =>
        Under is not { } under
            ? recording
            : recording with
            {
                Sections = [.. recording.Sections.Where(section => !under.Sections.Contains(section))],
                Answers =
                [
                    .. recording.Answers.Where(answer =>
                        under.Find(answer.Asked, answer.As) is not { } same || !Same(same.Answer, answer.Answer)
                    ),
                ],
            };

    /// <summary>
    /// What is not as it was in the file: a line each. What the file has from its base alone was said in another state, and is no promise.
    /// </summary>
    public IReadOnlyList<string> Moved(HostRecording before, HostRecording after) =>
        [
            .. after
                .Sections.Where(section => before.Sections.All(was => was.Name != section.Name || was.Text != section.Text))
                .Select(section => $"facts: {section.Name}"),
            .. after
                .Answers.Select(now => (Now: now, Was: own?.Find(now.Asked, now.As)))
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
    static string Settled(HostRecording? before, string name, string text)
    {
        if (before?.Sections.FirstOrDefault(section => section.Name == name).Text is not { } was)
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
