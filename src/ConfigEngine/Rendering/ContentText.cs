namespace ConfigEngine.Rendering;

/// <summary>A file's content before and after: a diff for text, sizes and digests for anything else.</summary>
static class ContentText
{
    const int FirstLines = 20;

    /// <summary>The attribute on one line.</summary>
    public static IReadOnlyList<Span> Headline(Content? before, Content? after) =>
        (before, after) switch
        {
            (null, null) => [],
            ({ IsSecret: true }, _) or (_, { IsSecret: true }) => Secret(before, after),
            (null, { } made) => [new(made.Text is null ? Identify(made) : Describe(made), Ink.Added)],
            ({ } gone, null) => [new(gone.Text is null ? Identify(gone) : Describe(gone), Ink.Removed)],
            ({ Shown: not null } old, { Shown: not null } now) =>
            [
                old.Length == now.Length ? $"{Size(now)}, different" : $"{Number(old)} → {Size(now)}",
            ],
            var (old, now) => [new(Identify(old), Ink.Removed), new(" → ", Ink.Dim), new(Identify(now), Ink.Added)],
        };

    /// <summary>The lines below it.</summary>
    public static IEnumerable<OutputLine> Body(Content? before, Content? after, PlanTextOptions options) =>
        (before?.Text, after?.Text) switch
        {
            _ when options is { Diff: DiffDetail.None, Verbose: false } => [],
            _ when before is { IsSecret: true } || after is { IsSecret: true } => [],
            (null, { } made) when before is null => Whole('+', made, Ink.Added, options),
            ({ } gone, null) when after is null => Whole('-', gone, Ink.Removed, options),
            _ when before?.Shown is { } old && after?.Shown is { } now => UnifiedDiff.Of(old, now, In(options)),
            _ => [],
        };

    static LongLines In(PlanTextOptions options) => options.ShowsAll ? LongLines.Whole : LongLines.Cut;

    static IEnumerable<OutputLine> Whole(char sign, string text, Ink ink, PlanTextOptions options)
    {
        var lines = UnifiedDiff.Split(text);
        var shown = options.ShowsAll || lines.Length <= FirstLines + 2 ? lines.Length : FirstLines;
        foreach (var line in lines.Take(shown).SelectMany(line => UnifiedDiff.Signed(sign, line, ink, In(options))))
            yield return line;
        if (shown < lines.Length)
            yield return new(new Span($"… {lines.Length - shown} more lines; -v shows them", Ink.Dim));
    }

    /// <summary>Digests of both sides, if either of them is known to be secret.</summary>
    static IReadOnlyList<Span> Secret(Content? before, Content? after) =>
        [
            .. before is null ? (Span[])[] : [new($"{before.As(after)}", Ink.Removed)],
            .. before is null || after is null ? (Span[])[] : [new(" → ", Ink.Dim)],
            .. after is null ? (Span[])[] : [new($"{after.As(before)}", Ink.Added)],
        ];

    static string Describe(Content content) => content.Length == 0 ? "empty" : Size(content);

    static string Identify(Content content) => content.Length == 0 ? "empty" : $"{Size(content)} (sha256 {content.Digest[..12]})";

    static string Size(Content content) => content.Length == 1 ? "1 byte" : $"{Number(content)} bytes";

    static string Number(Content content) => content.Length.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);
}
