using System.Reflection;

namespace ConfigEngine.Tests.Resources;

/// <summary>States near a known one.</summary>
static class States
{
    static readonly MethodInfo Clone = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>For each attribute that a state has, the same state with another value there.</summary>
    public static IEnumerable<Observed> EachUnlike(Observed? known)
    {
        if (known?.State is not { } state)
            yield break;
        foreach (
            var property in StateProperties
                .Of(state.GetType())
                .Where(property => property.CanWrite && property.GetValue(state) is not null)
        )
        {
            if (Unlike(property.GetValue(state)) is not { } other)
                continue;
            var copy = Clone.Invoke(state, null)!;
            property.SetValue(copy, other);
            yield return new(copy);
        }
    }

    static object? Unlike(object? value) =>
        value switch
        {
            bool yes => !yes,
            int number => number + 1,
            long number => number + 1,
            Mode mode => mode == (Mode)"0700" ? (Mode)"0755" : (Mode)"0700",
            Content => (Content)"other\n",
            _ => null,
        };
}
