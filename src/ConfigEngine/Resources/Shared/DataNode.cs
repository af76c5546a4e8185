using System.Text;

namespace ConfigEngine.Resources;

/// <summary>A value in a file of structured data, and where its text is.</summary>
/// <param name="kind">Its type.</param>
/// <param name="start">The index of its first character.</param>
class DataNode(DataKind kind, int start)
{
    /// <summary>Its type.</summary>
    public DataKind Kind { get; } = kind;

    /// <summary>The index of its first character.</summary>
    public int Start { get; } = start;

    /// <summary>The index after its last character.</summary>
    public int End { get; set; } = start;

    /// <summary>What it says, the same for all ways to write it; empty for a map or a list.</summary>
    public string Said { get; init; } = "";

    /// <summary>Why it is not edited, as the end of a sentence; null where it can be.</summary>
    public string? Trouble { get; set; }

    /// <summary>The entries of a map or a list, in order.</summary>
    public List<DataEntry> Entries { get; } = [];

    /// <summary>Whether it is written in brackets or braces, where a format also has other ways.</summary>
    public bool IsFlow { get; init; }

    /// <summary>Whether a map also has the names of another one, by a merge key of YAML.</summary>
    public bool IsMerged { get; set; }

    /// <summary>Whether it is a map or a list.</summary>
    public bool IsCollection => Kind is DataKind.Map or DataKind.List;

    /// <summary>Adds an entry.</summary>
    public void Add(string? name, int at, DataNode value) => Entries.Add(new(name, at, value));

    /// <summary>
    /// Each value in it as a text, without the value at a path and what is below that. An empty map counts as nothing: one comes or goes
    /// with the value in it.
    /// </summary>
    public IEnumerable<string> Others(DataPath path)
    {
        StringBuilder at = new();
        return [.. Walk(this, 0).Order(StringComparer.Ordinal)];

        // On the path, the number of its steps that lead to the node; otherwise null.
        IEnumerable<string> Walk(DataNode node, int? depth)
        {
            if (depth == path.Steps.Count)
                yield break;
            if (node.Entries.Count == 0)
            {
                if (depth is null || node.Kind is not (DataKind.Map or DataKind.Null))
                    yield return $"{at} {node.Kind} {node.Said}";
                yield break;
            }

            for (var i = 0; i < node.Entries.Count; i++)
            {
                var (name, _, value) = node.Entries[i];
                var length = at.Length;
                at.Append(name is null ? $"[{i}]" : $".{name.Length}:{name}");
                int? deeper =
                    depth is { } steps && path.Steps[steps] is var step && step == new DataStep(name, name is null ? i : 0)
                        ? steps + 1
                        : null;
                foreach (var other in Walk(value, deeper))
                    yield return other;
                at.Length = length;
            }
        }
    }
}

/// <summary>An entry of a map or a list.</summary>
/// <param name="Name">Its name; null in a list.</param>
/// <param name="Start">The index of the first character of its name, or of its value in a list.</param>
/// <param name="Value">Its value.</param>
sealed record DataEntry(string? Name, int Start, DataNode Value)
{
    /// <summary>The index after the colon that follows its name, where the format has one.</summary>
    public int AfterName { get; init; }
}

/// <summary>Why a file of structured data, or a value in it, is not edited.</summary>
sealed class DataRefusedException(string problem, string hint) : Exception(problem)
{
    /// <summary>What to do about it.</summary>
    public string Hint { get; } = hint;
}
