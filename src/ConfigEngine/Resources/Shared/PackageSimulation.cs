namespace ConfigEngine.Resources;

/// <summary>Adds to the changes of a transaction what the package manager says that the transaction would do.</summary>
static class PackageSimulation
{
    /// <summary>Adds to each change the version that would be installed, and its other effects.</summary>
    public static IReadOnlyList<Change> Refine(PackageTool tool, IReadOnlyList<Change> changes, Simulated simulated)
    {
        Simulation simulation = new(changes, simulated);
        return
        [
            .. changes.Select(change =>
                Refine(tool, change, simulation) with
                {
                    Effects = [.. change.Effects, .. simulation.EffectsOf(change)],
                    Notes = [.. change.Notes, .. simulation.NotesFor(change)],
                }
            ),
        ];
    }

    static Change Refine(PackageTool tool, Change change, Simulation simulation)
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
                    attribute.After is Known<PackageVersion> { IsKnown: false }
                        ? attribute with
                        {
                            After = (PackageVersion)version,
                        }
                        : attribute
                ),
            ],
            Operations =
            [
                .. change.Operations.Select(operation =>
                    operation.Batch is { } batch
                        ? tool.Transaction(
                            $"{(unpacked.Is(change.Key) ? change.Key : unpacked.Name)}={unpacked.New}"
                                + $"{batch.Item[PackageItem.Argument(batch.Item).Length..]}"
                        )
                        : operation
                ),
            ],
        };
    }

    /// <summary>The result of a simulation, and which change causes which part of it.</summary>
    sealed class Simulation(IReadOnlyList<Change> changes, Simulated simulated)
    {
        /// <summary>
        /// The package that would be unpacked for a name: the package of that name, or the only one that provides it.
        /// </summary>
        public PackageNow? Unpacked(string key) => Named(key) ?? (simulated.Selected.TryGetValue(key, out var name) ? Named(name) : null);

        PackageNow? Named(string key) => simulated.Unpacked.FirstOrDefault(one => one.Is(key));

        /// <summary>The other effects of a change.</summary>
        public IEnumerable<Effect> EffectsOf(Change change) =>
            [
                .. simulated
                    .Unpacked.Where(one => one.Is(change.Key) && simulated.Downgraded.Contains(one.Name))
                    .Select(one => EffectOf(one) with { IsNamed = true }),
                .. simulated
                    .Removed.Where(name => !IsNamed(name) && RemoverOf(name) == change)
                    .Select(name => new Effect(EffectKind.Removes, name) { Detail = simulated.Held.Contains(name) ? "(held)" : null }),
                .. simulated.Unpacked.Where(one => !IsMeant(one) && BringerOf(one.Name) == change).Select(EffectOf),
                .. simulated
                    .Removed.Where(name =>
                        Risk.Packages.Contains(PackageItem.Bare(name))
                        && (name == change.Key || (!IsNamed(name) && RemoverOf(name) == change))
                    )
                    .Select(name => new Effect(EffectKind.MayCutConnection, change.Address)
                    {
                        Detail = $"removes {name}, which people may log in by: a removed package is not put back",
                    }),
            ];

        Effect EffectOf(PackageNow one) =>
            one.Old is ""
                ? new(EffectKind.Installs, one.Name) { Detail = one.New }
                : new(simulated.Downgraded.Contains(one.Name) ? EffectKind.Downgrades : EffectKind.Upgrades, one.Name)
                {
                    Detail = $"{one.Old} → {one.New}{(simulated.Held.Contains(one.Name) ? " (held)" : "")}",
                };

        /// <summary>The notes about packages that are neither named nor changed; the transaction's first change has them.</summary>
        public IEnumerable<string> NotesFor(Change change)
        {
            var others = simulated
                .Configured.Where(one => !IsNamed(one.Name) && simulated.Unpacked.All(other => other.Name != one.Name))
                .Select(one => $"{one.Name} {one.Version}")
                .Order(StringComparer.Ordinal)
                .ToList();
            return change == changes[0] && others.Count > 0
                ? [$"also configures what was left unfinished: {string.Join(", ", others)}"]
                : [];
        }

        bool IsNamed(string name) => changes.Any(change => change.Key == name);

        bool IsMeant(PackageNow one) =>
            changes.Any(change => one.Is(change.Key) || simulated.Selected.GetValueOrDefault(change.Key) == one.Name);

        /// <summary>The change that pulls in a package, as far as that is known; the first change otherwise.</summary>
        Change BringerOf(string name)
        {
            HashSet<string> seen = [];
            while (seen.Add(name) && simulated.Bringers.TryGetValue(PackageItem.Bare(name), out var by))
                name = by;
            return changes.FirstOrDefault(change =>
                    PackageItem.Bare(change.Key) == name || simulated.Selected.GetValueOrDefault(change.Key) == name
                ) ?? changes[0];
        }

        /// <summary>The change that alone would remove a package; the first change where it takes several.</summary>
        Change RemoverOf(string name) =>
            simulated
                .Removers[name]
                .Select(item => changes.FirstOrDefault(change => item.Split('=')[0] == change.Key || item == $"{change.Key}-"))
                .OfType<Change>()
                .FirstOrDefault()
            ?? changes[0];
    }
}
