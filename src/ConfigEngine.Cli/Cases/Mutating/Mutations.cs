using System.Text.Json.Nodes;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases.Mutating;

/// <summary>What became of the mutants of a run.</summary>
/// <param name="All">All of them, in order of their places.</param>
sealed record Mutations(IReadOnlyList<Mutation> All)
{
    /// <summary>The cases that none was tried in, because their plan is not the accepted one.</summary>
    public IReadOnlyList<string> Untried { get; init; } = [];

    /// <summary>The properties of which no other value is known.</summary>
    public IReadOnlyList<string> Unchanged { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Those that no case noticed.</summary>
    public IReadOnlyList<Mutation> Missed => [.. All.Where(one => one.IsMissed)];

    /// <summary>For people: those that no snapshot noticed, by what the snapshots show of the resource.</summary>
    public IEnumerable<OutputLine> Lines
    {
        get
        {
            yield return OutputLine.Empty;
            yield return new(new Span("Mutants that no snapshot noticed", Ink.Bold));
            foreach (var kind in Missed.GroupBy(one => one.Sight).OrderBy(kind => kind.Key))
            {
                yield return OutputLine.Empty;
                yield return new(new Span($"{Words(kind.Key)} ({kind.Count()})", Ink.Warning));
                foreach (var inFile in kind.GroupBy(one => one.At?.File ?? ""))
                {
                    yield return new(new Span($"  {Printable.Line(inFile.Key)}", Ink.Bold));
                    foreach (var resource in inFile.GroupBy(one => (one.At?.Line, one.Address)))
                    {
                        yield return new($"    {resource.Key.Line} {Printable.Line(resource.Key.Address)}");
                        foreach (var one in resource)
                            yield return new($"        {Printable.Line(one.What)}");
                    }
                }
            }

            if (Unchanged.Count > 0)
                yield return new(new Span($"no other value is known of {Text.List(Unchanged, 10)}", Ink.Dim));
            if (Untried.Count > 0)
                yield return new(new Span($"none in {Text.List(Untried, 5)}: the plan is not the accepted one", Ink.Dim));
            yield return OutputLine.Empty;
            yield return new(
                new Span(
                    $"{Counts.Of(All.Count, "mutant")}: {All.Count - Missed.Count} noticed, {Missed.Count} not. {Counts.Of(Time)}",
                    Ink.Bold
                )
            );
        }
    }

    /// <summary>For programs.</summary>
    public JsonObject Document =>
        new()
        {
            ["mutants"] = All.Count,
            ["seconds"] = Math.Round(Time.TotalSeconds, 3),
            ["notTried"] = new JsonArray([.. Untried.Select(name => JsonValue.Create(name))]),
            ["noOtherValue"] = new JsonArray([.. Unchanged.Select(name => JsonValue.Create(name))]),
            ["notNoticed"] = new JsonArray([
                .. Missed.Select(one => new JsonObject
                {
                    ["file"] = one.At?.File,
                    ["line"] = one.At?.Line,
                    ["column"] = one.At?.Column,
                    ["resource"] = one.Address,
                    ["property"] = one.Property.Length == 0 ? null : one.Property,
                    ["change"] = one.What,
                    ["snapshotsShow"] = Text.Kebab(one.Sight.ToString()),
                    ["cases"] = new JsonArray([.. one.Unnoticed.Select(each => JsonValue.Create(each.Case))]),
                }),
            ]),
        };

    static string Words(Sight sight) =>
        sight switch
        {
            Sight.Hidden =>
                "A snapshot shows a change of the resource, but an apply would do something else: please report it, cfg should show this",
            Sight.UpToDate => "No snapshot shows the resource: it is up to date in every case",
            Sight.Unknown => "Every snapshot shows only that the change is unknown until apply",
            Sight.Refused => "Every snapshot shows only what prevents a change of the resource",
            _ => "An apply would do the same with it, from the state of every case",
        };
}
