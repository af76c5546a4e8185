using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Comparing;

/// <summary>A comparison for people. Hosts with the same differences are shown once.</summary>
static class ComparisonText
{
    const int NameColumn = PlanText.ChangeColumn;

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(PlanComparison compared, int? width)
    {
        foreach (var recipe in compared.Recipes)
        {
            var lines = Recipe(recipe, compared, width).ToList();
            if (lines.Count == 0)
                continue;
            yield return new(new Span(Printable.Line(recipe.Title), Ink.Bold));
            foreach (var line in lines)
                yield return line;
            if (lines[^1].Spans.Count > 0)
                yield return OutputLine.Empty;
        }

        foreach (var line in Closing(compared).SelectMany(sentence => Wrap.Hanging(sentence.Text, sentence.Ink, OutputLine.Empty, width)))
            yield return line;
    }

    /// <summary>The sentences about all of it.</summary>
    public static IEnumerable<Span> Closing(PlanComparison compared)
    {
        var sides = $"{Printable.Line(compared.Before)} and {Printable.Line(compared.After)}";
        if (compared.Recipes.SelectMany(recipe => recipe.Unrecorded).Distinct().ToList() is { Count: > 0 } unrecorded)
            yield return new(
                $"Not compared, because there is no recording of {(unrecorded.Count == 1 ? "it" : "them")}: "
                    + HostList.Of(unrecorded, null, null)
            );
        var failed = compared.Failed.Count + compared.Recipes.Count(recipe => recipe.Problem is not null);
        var rest = failed == 0 ? "" : $", {failed} could not be compared";
        yield return compared.Differs || failed > 0
            ? new(
                $"Diff of {sides}: {Counts.Of(compared.Different.Count, "plan")} "
                    + $"{(compared.Different.Count == 1 ? "differs" : "differ")}, {Equal(compared)}{rest}.",
                failed > 0 ? Ink.Failed : Ink.Bold
            )
            : new($"No differences between {sides}: {Counts.Of(compared.Equal, "plan")}{Errors(compared)}.", Ink.Bold);
    }

    static string Equal(PlanComparison compared) => $"{compared.Equal} {(compared.Equal == 1 ? "is" : "are")} equal{Errors(compared)}";

    static string Errors(PlanComparison compared) => compared.EqualErrors == 0 ? "" : $" ({compared.EqualErrors} with the same errors)";

    static IEnumerable<OutputLine> Recipe(RecipeComparison recipe, PlanComparison compared, int? width)
    {
        if (recipe.Problem is { } problem)
            return Marks.Error(Printable.Lines(problem), width, NameColumn);
        return [.. Groups(recipe, compared, width).SelectMany(group => group.Render(new() { Width = width })), .. Order(recipe, width)];
    }

    /// <summary>The hosts that differ, or could not be compared; those with the same lines together.</summary>
    public static IEnumerable<AlikeHosts> Groups(RecipeComparison recipe, PlanComparison compared, int? width) =>
        AlikeHosts.Of(
            recipe
                .Hosts.Where(host => host.Differs || host.Problem is not null)
                .Select(host => new HostLines(
                    host.Host,
                    host.System,
                    host.Problem is not null,
                    [
                        .. host.Problem is { } problem ? Marks.Error(problem, width, NameColumn) : [],
                        .. host.Resources.SelectMany(one => Resource(one, compared, width)),
                    ]
                ))
        );

    /// <summary>The order in which hosts are changed, where it is another one.</summary>
    public static IEnumerable<OutputLine> Order(RecipeComparison recipe, int? width) =>
        recipe.OrderDiffers ? Difference(recipe.Order.Before, recipe.Order.After, NameColumn, width) : [];

    static IEnumerable<OutputLine> Resource(ResourceComparison one, PlanComparison compared, int? width)
    {
        var (sign, ink, what) = one switch
        {
            { Before: null, What: Compared.Handler } => ("+", Ink.Added, $"runs only in {Printable.Line(compared.After)}:"),
            { After: null, What: Compared.Handler } => ("-", Ink.Removed, $"runs only in {Printable.Line(compared.Before)}:"),
            { Before: null } => ("+", Ink.Added, $"declared only in {Printable.Line(compared.After)}:"),
            { After: null } => ("-", Ink.Removed, $"declared only in {Printable.Line(compared.Before)}; the host keeps it as it is:"),
            _ => ("~", Ink.Changed, ""),
        };
        OutputLine lead = new(new Span($"{sign} ", ink), new Span(Printable.Line(one.Name), Ink.Bold));
        foreach (var line in what.Length == 0 ? [lead] : Wrap.Hanging(what, Ink.Dim, new([.. lead.Spans, "  "]), width - NameColumn))
            yield return line.Indented(NameColumn);
        foreach (
            var line in one is { Before: { } before, After: { } after }
                ? Difference(Below(before, after), Below(after, before), PlanText.AttributeColumn, width)
                : Plain(one.Before ?? one.After ?? [], ink, width)
        )
            yield return line;
    }

    /// <summary>The lines below the first one, where that is the same in both plans: the name is above them.</summary>
    static IReadOnlyList<string> Below(IReadOnlyList<string> lines, IReadOnlyList<string> others) =>
        lines.Count > 1 && others.Count > 1 && lines[0] == others[0] ? [.. lines.Skip(1)] : lines;

    static IEnumerable<OutputLine> Plain(IReadOnlyList<string> lines, Ink ink, int? width) =>
        lines
            .SelectMany(line => Wrap.Folded(new(new Span(line, ink)), width - PlanText.AttributeColumn))
            .Select(line => line.Indented(PlanText.AttributeColumn));

    static IEnumerable<OutputLine> Difference(IReadOnlyList<string> before, IReadOnlyList<string> after, int column, int? width) =>
        UnifiedDiff
            .Of(Whole(before), Whole(after))
            .Where(line => !line.ToString().StartsWith("@@ ", StringComparison.Ordinal))
            .SelectMany(line => Wrap.Folded(line, width - column))
            .Select(line => line.Indented(column));

    static string Whole(IReadOnlyList<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
