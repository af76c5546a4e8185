namespace ConfigEngine.Rendering;

/// <summary>One change: its line, and the lines below it.</summary>
static class ChangeText
{
    /// <summary>The lines, from column 0.</summary>
    public static IEnumerable<OutputLine> Of(Change change, PlanTextOptions options) =>
        change.Verb is Verb.Recheck
            ?
            [
                .. Wrap.Hanging(
                    $"{Printable.Line(change.Address)}  {Rechecked(change)}",
                    Ink.Doubt,
                    new(new Span("? ", Ink.Dim)),
                    options.Width - PlanText.ChangeColumn
                ),
                .. Effects(change, options).Select(line => line.Indented(PlanText.AttributeColumn - PlanText.ChangeColumn)),
            ]
            :
            [
                .. Heading(change, options.Width - PlanText.ChangeColumn),
                .. Details(change, options).Select(line => line.Indented(PlanText.AttributeColumn - PlanText.ChangeColumn)),
            ];

    static string Rechecked(Change change) =>
        change.Certainty is Certainty.Unknown
            ? $"not predicted: {Printable.Line(change.Because ?? "")}"
            : $"in the desired state now; rechecked {change.Because}";

    /// <summary>
    /// A change without the sentences about the connection that an earlier change of the same host has already: every user and key of a
    /// host has the same one. The closing lines of a plan name all of them.
    /// </summary>
    /// <param name="change">The change.</param>
    /// <param name="told">What was told of this host; what this change tells is added.</param>
    public static Change WithoutTold(Change change, HashSet<string> told) =>
        change with
        {
            Effects =
            [
                .. change.Effects.Where(effect =>
                    effect.Kind is not EffectKind.MayCutConnection || effect.Detail is not { } sentence || told.Add(sentence)
                ),
            ],
        };

    /// <summary>Why a plan is not sure of a change; null where it is.</summary>
    public static string? Doubt(Change change) =>
        (change.Certainty, change.Because) switch
        {
            (Certainty.Exact, _) => null,
            (Certainty.Predicted, null) => "predicted",
            (Certainty.Predicted, var because) => $"predicted, {because}",
            (_, null) => "unknown until apply",
            (_, var because) when because.StartsWith("after ", StringComparison.Ordinal) => $"unknown until apply, {because}",
            (_, var because) => $"unknown until apply: {because}",
        };

    /// <summary>A verb's sign.</summary>
    public static (char Glyph, Ink Ink) Sign(Verb verb) =>
        verb switch
        {
            Verb.Create => ('+', Ink.Added),
            Verb.Update => ('~', Ink.Changed),
            Verb.Remove => ('-', Ink.Removed),
            Verb.Run => ('!', Ink.Changed),
            _ => ('?', Ink.Dim),
        };

    /// <summary>The other effects of a change; for a resource that is only probed again, its possible effects.</summary>
    static IEnumerable<OutputLine> Effects(Change change, PlanTextOptions options) =>
        EffectWords
            .Of([.. change.Effects.Where(effect => !effect.InAttributes)])
            .SelectMany(effect =>
                Wrap.Hanging(
                    Printable.Lines(change.Verb is Verb.Recheck ? $"if it changes: {effect.Text}" : effect.Text),
                    InkOf(effect.Kind),
                    new(new Span("· ", Ink.Dim)),
                    options.Width - PlanText.AttributeColumn
                )
            );

    static Ink InkOf(EffectKind kind) =>
        kind switch
        {
            EffectKind.Removes or EffectKind.Downgrades or EffectKind.Discards or EffectKind.Unmounts => Ink.Removed,
            EffectKind.Installs or EffectKind.Upgrades => Ink.Plain,
            _ => Ink.Warning,
        };

    static IEnumerable<OutputLine> Heading(Change change, int? width)
    {
        var (glyph, ink) = Sign(change.Verb);
        Span sign = new($"{glyph} ", ink);
        Span address = new(Printable.Line(change.Address), Ink.Bold);
        if (Doubt(change) is not { } doubt)
            return [new(sign, address)];
        Span why = new(Printable.Line(doubt), Ink.Doubt);
        OutputLine whole = new(sign, address, "  ", why);
        return width is null || whole.Width <= width
            ? [whole]
            : [new(sign, address), .. Wrap.Hanging(why.Text, why.Ink, new("    "), width)];
    }

    static IEnumerable<OutputLine> Details(Change change, PlanTextOptions options)
    {
        foreach (var line in AttributeText.Of(change, options))
            yield return line;
        foreach (var line in Effects(change, options))
            yield return line;
        foreach (
            var line in change
                .Notes.Concat(change.Current)
                .SelectMany(note =>
                    Wrap.Hanging(Printable.Lines(note), Ink.Plain, new(new Span("· ", Ink.Dim)), options.Width - PlanText.AttributeColumn)
                )
        )
            yield return line;

        if (!options.Verbose)
            yield break;
        var operations = change.Operations.SelectMany(operation =>
            Printable.Lines(operation.Display).Split('\n').Select((text, i) => i == 0 ? text : $"  {text}")
        );
        IEnumerable<string> said =
        [
            .. operations,
            .. change.How.Select(Printable.Line),
            .. change.Notifies.Count > 0 ? (string[])[$"notifies {Printable.Line(string.Join(", ", change.Notifies))}"] : [],
            .. change.Source is { } source && options.Places ? (string[])[$"declared at {Printable.Line(source.ToString())}"] : [],
        ];
        foreach (var line in said.SelectMany(text => Wrap.Folded(new(new Span(text, Ink.Dim)), options.Width - PlanText.AttributeColumn)))
            yield return line;
    }
}
