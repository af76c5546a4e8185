using ConfigEngine.Rendering;
using ConfigEngine.Scripting;

namespace ConfigEngine.Cli.Cases;

/// <summary>
/// What no case shows, for people: by file, first code that never runs, then declarations of which something was never shown. Those of
/// which the same was shown are together.
/// </summary>
static class UnseenText
{
    const int LongestCode = 70,
        Width = 100;

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(Unseen unseen)
    {
        var files = unseen
            .Branches.Select(branch => branch.File)
            .Concat(unseen.Declarations.Where(IsListed).Select(one => one.At.File))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        yield return OutputLine.Empty;
        yield return new(new Span("What no case shows", Ink.Bold));
        foreach (var file in files)
        {
            yield return OutputLine.Empty;
            yield return new(new Span(Printable.Line(file), Ink.Bold));
            foreach (var (line, says) in Branches(unseen.Branches.Where(branch => branch.File == file)))
                yield return new($"  {line} ", new Span(Printable.Line(says), Ink.Warning));
            foreach (var line in Declared([.. unseen.Declarations.Where(one => one.At.File == file && IsListed(one))]))
                yield return line;
        }

        yield return OutputLine.Empty;
        yield return new(new Span(Sentence(unseen), Ink.Bold));
        foreach (var recipe in unseen.Untapped)
            yield return new(
                new Span(
                    $"branches of {Printable.Line(recipe)} are not seen: what cfg writes into it for that does not fit its code",
                    Ink.Dim
                )
            );
        if (unseen.Only is { } only)
            yield return new(
                new Span(
                    $"what {Printable.Line(only)} loads is not in the list; test the directory with all recipes that load it",
                    Ink.Dim
                )
            );
    }

    /// <summary>Code on one line, without the spaces between its lines.</summary>
    public static string OnOneLine(string code)
    {
        var line = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestCode ? line : line[..LongestCode] + Text.Cut;
    }

    static IEnumerable<(int Line, string Says)> Branches(IEnumerable<Branch> branches) =>
        branches
            .GroupBy(branch => branch.Own)
            .Select(ways =>
            {
                var code = OnOneLine(ways.First().Code);
                return (
                    ways.First().Line,
                    ways.Count() > 1
                        ? $"never reached: {code}"
                        : ways.First().Way switch
                        {
                            Way.True => $"never true: {code}",
                            Way.False => $"never false: {code}",
                            Way.Null => $"never null: {code}",
                            Way.NotNull => $"always null: {code}",
                            Way.Arm => $"never taken: {code}",
                            Way.Loop => $"never entered: {code}",
                            Way.Catch => $"never caught: {code}",
                            _ => $"never called: {code}",
                        }
                );
            });

    static IEnumerable<OutputLine> Declared(IReadOnlyList<Declaration> all)
    {
        foreach (
            var group in all.Where(one => Missing(one).Count > 0)
                .GroupBy(Title)
                .OrderByDescending(group => Missing(group.First()).Count)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            yield return new($"  {group.Key}:");
            foreach (var line in Wrap.Pieces(Printable.Line(string.Join(", ", group.Select(Short))), Width))
                yield return new($"    {line}");
        }

        foreach (var one in all.Where(one => Attributes(one).Count > 0))
            yield return new($"  {one.At.Line} {Printable.Line(one.Address)}: never shown: {Printable.Line(Text.List(Attributes(one)))}");
    }

    static string Short(Declaration one) => $"{one.At.Line} {one.Address.Split(' ')[0]}";

    static bool IsListed(Declaration one) => Missing(one).Count > 0 || Attributes(one).Count > 0;

    /// <summary>
    /// What is missing of it. Where a change is shown, its handlers are, too; and hardly any case shows an error, so that is said once.
    /// </summary>
    static IReadOnlyList<Shown> Missing(Declaration one) => [.. one.Unseen.Where(what => what is not (Shown.Error or Shown.Handler))];

    /// <summary>Attributes that are missing although a change is shown.</summary>
    static IReadOnlyList<string> Attributes(Declaration one) =>
        one.Seen.Any(what => what is Shown.Created or Shown.Changed) ? one.UnseenAttributes : [];

    static string Title(Declaration one)
    {
        var shown = one.Seen.Where(what => what is not Shown.Handler).Select(Word).ToList();
        var missing = Missing(one).Select(Word).ToList();
        var never = missing.Count == 1 ? missing[0] : $"{string.Join(", ", missing.SkipLast(1))} or {missing[^1]}";
        return shown.Count == 0 ? $"not told before apply; never {never}" : $"only {Text.List(shown)}; never {never}";
    }

    static string Word(Shown shown) =>
        shown switch
        {
            Shown.Unchanged => "up to date",
            Shown.Error => "an error",
            _ => Text.Kebab(shown.ToString()),
        };

    static string Sentence(Unseen unseen)
    {
        var all = unseen.Declarations;
        var partly = all.Count(one => Missing(one).Count > 0);
        var attributes = all.Sum(one => Attributes(one).Count);
        var branches = unseen.Branches.DistinctBy(branch => (branch.File, branch.Own)).Count();
        var faulty = all.Count(one => one.Seen.Contains(Shown.Error));
        return $"Never seen: {branches} {(branches == 1 ? "branch" : "branches")}, "
            + $"an outcome of {partly} of {Counts.Of(all.Count, "declaration")}, {Counts.Of(attributes, "attribute")}. "
            + $"An error is shown of {(faulty == 0 ? "none" : $"{faulty}")}.";
    }
}
