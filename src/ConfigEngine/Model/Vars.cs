using System.Collections;

namespace ConfigEngine.Model;

/// <summary>Named values for recipes: <c>Vars = { ["port"] = 8080 }</c>.</summary>
public sealed class Vars : IEnumerable<KeyValuePair<string, object>>, IEquatable<Vars>
{
    readonly SortedDictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value.</summary>
    public object this[string name]
    {
        get => values.TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"there is no variable \"{name}\"");
        set => values[name] = value;
    }

    /// <summary>Adds a value, for collection initialisers.</summary>
    public void Add(string name, object value) => values[name] = value;

    /// <summary>Whether there is such a variable.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Whether the names and values are the same.</summary>
    public bool Equals(Vars? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Vars);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Count;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
