using System.Collections;

namespace ConfigEngine.Rendering;

/// <summary>
/// The attributes of a change: names aligned, <c>before → after</c>, and below them values that need lines of their own.
/// </summary>
static class AttributeText
{
    const int BodyColumn = 2;

    /// <summary>The lines of all of them.</summary>
    public static IEnumerable<OutputLine> Of(Change change, PlanTextOptions options)
    {
        var shown = change.Attributes.Where(attribute => !IsObvious(change, attribute)).OrderBy(HasBody).ToList();
        var column = shown.Select(attribute => attribute.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var attribute in shown)
        {
            Span name = new(attribute.Name.PadRight(column));
            var (before, after) = (attribute.Before as Content, attribute.After as Content);
            if (before is not null || after is not null)
            {
                yield return new([name, .. ContentText.Headline(before, after)]);
                var body = ContentText.Body(before, after, options);
                foreach (var line in body.SelectMany(line => Wrap.Folded(line, options.Width - PlanText.AttributeColumn - BodyColumn)))
                    yield return line.Indented(BodyColumn);
            }
            else
            {
                foreach (var line in Value(name, change.Verb, attribute, options.Width))
                    yield return line;
            }
        }
    }

    /// <summary>Whether the attribute is not worth a line: that a new file is a file, and that a command has not run yet.</summary>
    static bool IsObvious(Change change, AttributeChange attribute) =>
        change.Verb switch
        {
            Verb.Create => attribute.Before is null && attribute.After as string == change.Kind,
            Verb.Run => attribute is { Before: null or false, After: true },
            _ => false,
        };

    static bool HasBody(AttributeChange attribute) => attribute.Before is Content || attribute.After is Content;

    static IEnumerable<OutputLine> Value(Span name, Verb verb, AttributeChange attribute, int? width)
    {
        Span before = new(ValueText.Full(attribute.Before), Ink.Removed);
        Span after = new(ValueText.Full(attribute.After), Ink.Added);
        IReadOnlyList<Span> values = (verb, attribute) switch
        {
            (Verb.Create, { Before: null }) or (_, { Before: IMaybeUnknown { IsKnown: false } }) => [after],
            (_, { After: null }) => [before],
            _ => [before, new(" → ", Ink.Dim), after],
        };
        OutputLine whole = new([name, .. values]);
        if (width is null || whole.Width <= width - PlanText.AttributeColumn)
            return [whole];
        if (Items(attribute.Before) is { } old && Items(attribute.After) is { } now)
            return Listed(name, old, now, width.Value);
        var first = values.Count == 1 ? [] : Wrap.Hanging(before.Text, before.Ink, new(name), width - PlanText.AttributeColumn);
        OutputLine lead = values.Count == 1 ? new(name) : new(new string(' ', name.Text.Length - 2), new Span("→ ", Ink.Dim));
        return [.. first, .. Wrap.Hanging(values[^1].Text, values[^1].Ink, lead, width - PlanText.AttributeColumn)];
    }

    static IReadOnlyList<string>? Items(object? value) =>
        value switch
        {
            null => [],
            string => null,
            IEnumerable many => [.. many.Cast<object?>().Select(ValueText.Full)],
            _ => null,
        };

    /// <summary>A long list, shown as the elements that are removed and added.</summary>
    static IEnumerable<OutputLine> Listed(Span name, IReadOnlyList<string> old, IReadOnlyList<string> now, int width)
    {
        var same = old.Intersect(now).Count();
        var (left, joined) = (old.Except(now).ToList(), now.Except(old).ToList());
        yield return new([
            name,
            left.Count + joined.Count == 0 ? "the same, in another order" : $"{now.Count} in all, {same} of them already",
        ]);
        foreach (var (sign, ink, items) in new[] { ('-', Ink.Removed, left), ('+', Ink.Added, joined) })
        {
            foreach (
                var line in items.SelectMany(item =>
                    Wrap.Hanging(item, ink, new(new Span($"  {sign} ", ink)), width - PlanText.AttributeColumn)
                )
            )
                yield return line;
        }
    }
}
