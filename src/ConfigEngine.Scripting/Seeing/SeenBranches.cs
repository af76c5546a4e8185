using System.Reflection;

namespace ConfigEngine.Scripting;

/// <summary>The branches of a recipe and of all that it loads, and which of them its runs took so far.</summary>
/// <param name="all">The branches, by their numbers.</param>
sealed class SeenBranches(IReadOnlyList<Branch> all)
{
    readonly bool[] taken = new bool[all.Count];

    /// <summary>Each branch, and whether it was taken.</summary>
    public IEnumerable<(Branch Branch, bool IsTaken)> All => all.Select((branch, i) => (branch, taken[i]));

    /// <summary>Begins to look at an assembly that <see cref="Taps"/> were written into.</summary>
    public void Watch(Assembly recipe) =>
        recipe
            .GetTypes()
            .First(type => type.Name == Taps.Type)
            .GetField(Taps.Field, BindingFlags.Static | BindingFlags.Public)
            ?.SetValue(null, taken);
}
