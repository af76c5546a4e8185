using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

// What a transaction would do, by apt's own simulation, written into the changes that it is made of.
static partial class Apt
{
    /// <summary>Writes the versions that apt would take into the changes, and beside each what else it brings about.</summary>
    static IReadOnlyList<Change> Refine(IReadOnlyList<Change> changes, Output preview)
    {
        Simulation simulation = new(changes, preview.Lines);
        return
        [
            .. changes.Select(change =>
                Refine(change, simulation) with
                {
                    Effects = [.. change.Effects, .. simulation.EffectsOf(change)],
                    Notes = [.. change.Notes, .. simulation.NotesFor(change)],
                }
            ),
        ];
    }

    static Change Refine(Change change, Simulation simulation)
    {
        if (change.Certainty is not Certainty.Unknown || simulation.Unpacked(change.Key) is not { } unpacked)
            return change;
        var version = unpacked.Is(change.Key) ? unpacked.New : $"provided by {unpacked.Name} {unpacked.New}";
        return change with
        {
            Certainty = Certainty.Exact,
            Because = null,
            Attributes =
            [
                .. change.Attributes.Select(attribute =>
                    attribute.After is PackageVersion { IsKnown: false } ? attribute with { After = (PackageVersion)version } : attribute
                ),
            ],
            Operations =
            [
                .. change.Operations.Select(operation =>
                    operation.Batch is { } batch
                        ? Transaction(
                            $"{(unpacked.Is(change.Key) ? change.Key : unpacked.Name)}={unpacked.New}"
                                + $"{batch.Item[Argument(batch.Item).Length..]}"
                        )
                        : operation
                ),
            ],
        };
    }

    /// <summary>A package that apt would unpack. It writes the architecture with the name only where that is a foreign one.</summary>
    sealed record Unpacked(string Name, string Architecture, string Old, string New)
    {
        public bool Is(string key) =>
            key == Name || (Bare(key) == Bare(Name) && key.Contains(':', StringComparison.Ordinal) && key.Split(':')[1] == Architecture);
    }

    /// <summary>What apt says that it would do.</summary>
    sealed class Simulation
    {
        readonly IReadOnlyList<Change> changes;
        readonly List<Unpacked> unpacked;
        readonly HashSet<string> removed;
        readonly List<(string Name, string Version)> configured;
        readonly HashSet<string> downgraded;
        readonly HashSet<string> held;
        readonly Dictionary<string, string> bringers;
        readonly ILookup<string, string> removers;
        readonly Dictionary<string, string> selected;

        public Simulation(IReadOnlyList<Change> changes, IReadOnlyList<string> lines)
        {
            this.changes = changes;
            unpacked =
            [
                .. All(lines, Unpacks())
                    .Select(match => new Unpacked(match["name"].Value, match["arch"].Value, match["old"].Value, match["new"].Value)),
            ];
            configured = [.. All(lines, Configures()).Select(match => (match["name"].Value, match["new"].Value))];
            removed = [.. All(lines, Removes()).Select(match => match["name"].Value)];
            removers = All(lines, RemovesAlone()).ToLookup(match => match["name"].Value, match => match["item"].Value);
            selected = All(lines, Provides())
                .Where(match => unpacked.Exists(one => one.Is(match["name"].Value)))
                .DistinctBy(match => match["virtual"].Value)
                .ToDictionary(match => match["virtual"].Value, match => match["name"].Value);
            bringers = All(lines, Brings())
                .DistinctBy(match => match["name"].Value)
                .ToDictionary(match => match["name"].Value, match => match["by"].Value);
            downgraded = Section(lines, "The following packages will be DOWNGRADED:");
            held = Section(lines, "The following held packages will be changed:");
        }

        /// <summary>The package that apt would unpack for a name: that of the name, or the only one that provides it.</summary>
        public Unpacked? Unpacked(string key) =>
            unpacked.Find(one => one.Is(key)) ?? (selected.TryGetValue(key, out var name) ? unpacked.Find(one => one.Is(name)) : null);

        /// <summary>What a change brings about besides.</summary>
        public IEnumerable<Effect> EffectsOf(Change change) =>
            [
                .. unpacked.Where(one => one.Is(change.Key) && downgraded.Contains(one.Name)).Select(EffectOf),
                .. removed
                    .Where(name => !IsNamed(name) && RemoverOf(name) == change)
                    .Select(name => new Effect(EffectKind.Removes, name) { Detail = held.Contains(name) ? "(held)" : null }),
                .. unpacked.Where(one => !IsMeant(one) && BringerOf(one.Name) == change).Select(EffectOf),
                .. removed
                    .Where(name =>
                        Risk.Packages.Contains(Bare(name)) && (name == change.Key || (!IsNamed(name) && RemoverOf(name) == change))
                    )
                    .Select(name => new Effect(EffectKind.MayCutConnection, change.Address)
                    {
                        Detail = $"takes {name} away, which people may come in by: a removed package is not put back",
                    }),
            ];

        Effect EffectOf(Unpacked one) =>
            one.Old is ""
                ? new(EffectKind.Installs, one.Name) { Detail = one.New }
                : new(downgraded.Contains(one.Name) ? EffectKind.Downgrades : EffectKind.Upgrades, one.Name)
                {
                    Detail = $"{one.Old} → {one.New}{(held.Contains(one.Name) ? " (held)" : "")}",
                };

        /// <summary>What the transaction does to packages that are neither named nor changed, said at its first change.</summary>
        public IEnumerable<string> NotesFor(Change change)
        {
            var others = configured
                .Where(one => !IsNamed(one.Name) && !unpacked.Exists(other => other.Name == one.Name))
                .Select(one => $"{one.Name} {one.Version}")
                .Order(StringComparer.Ordinal)
                .ToList();
            return change == changes[0] && others.Count > 0
                ? [$"also configures what was left unfinished: {string.Join(", ", others)}"]
                : [];
        }

        bool IsNamed(string name) => changes.Any(change => change.Key == name);

        bool IsMeant(Unpacked one) => changes.Any(change => one.Is(change.Key) || selected.GetValueOrDefault(change.Key) == one.Name);

        /// <summary>The change for whose sake a package comes along, by what apt says; the first one where it does not say.</summary>
        Change BringerOf(string name)
        {
            HashSet<string> seen = [];
            while (seen.Add(name) && bringers.TryGetValue(Bare(name), out var by))
                name = by;
            return changes.FirstOrDefault(change => Bare(change.Key) == name || selected.GetValueOrDefault(change.Key) == name)
                ?? changes[0];
        }

        /// <summary>The change that would remove a package when it were made alone; the first one where it takes several.</summary>
        Change RemoverOf(string name) =>
            removers[name]
                .Select(item => changes.FirstOrDefault(change => item.Split('=')[0] == change.Key || item == $"{change.Key}-"))
                .OfType<Change>()
                .FirstOrDefault()
            ?? changes[0];

        static IEnumerable<GroupCollection> All(IReadOnlyList<string> lines, Regex regex) =>
            lines.Select(line => regex.Match(line)).Where(match => match.Success).Select(match => match.Groups);

        static HashSet<string> Section(IReadOnlyList<string> lines, string heading) =>
            [
                .. lines
                    .SkipWhile(line => line != heading)
                    .Skip(1)
                    .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                    .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            ];
    }

    [GeneratedRegex(@"^Inst (?<name>\S+)(?: \[(?<old>[^\]]+)\])? \((?<new>\S+) .*\[(?<arch>[^\]]+)\]\)")]
    private static partial Regex Unpacks();

    [GeneratedRegex(@"^Conf (?<name>\S+) \((?<new>\S+) ")]
    private static partial Regex Configures();

    [GeneratedRegex(@"^(?:Remv|Purg) (?<name>\S+)")]
    private static partial Regex Removes();

    [GeneratedRegex(@"^alone\|(?<name>[^|]+)\|(?<item>.+)\z")]
    private static partial Regex RemovesAlone();

    [GeneratedRegex(@"^provides\|(?<virtual>[^|]+)\|(?<name>.+)\z")]
    private static partial Regex Provides();

    [GeneratedRegex(@"^\s*Installing (?<name>[^:\s]+)\S* as \S+ of (?<by>[^:\s]+)")]
    private static partial Regex Brings();
}
