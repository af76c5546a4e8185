using System.Text;

namespace ConfigEngine.Applying;

/// <summary>A block was not started on a host because other hosts failed; the host itself has no error.</summary>
abstract class NotStartedException(string message) : CfgException(message);

/// <summary>The host is not in the planned state; nothing of this change was done.</summary>
/// <param name="host">The host.</param>
/// <param name="planned">The change as it was planned.</param>
/// <param name="now">The differences now.</param>
sealed class DriftException(string host, Change planned, IReadOnlyList<AttributeChange> now) : CfgException(Describe(host, planned, now))
{
    /// <summary>Whether the change is another one now: from another state, or to another state.</summary>
    public static bool Is(Change planned, Change now) => planned.Verb != now.Verb || !Same(planned.Attributes, now.Attributes);

    static bool Same(IReadOnlyList<AttributeChange> planned, IReadOnlyList<AttributeChange> now) =>
        planned.Count == now.Count
        && planned
            .Zip(now)
            .All(pair =>
                pair.First.Name == pair.Second.Name
                && StateProperties.Same(pair.First.Before, pair.Second.Before)
                && StateProperties.Same(pair.First.After, pair.Second.After)
            );

    static string Describe(string host, Change planned, IReadOnlyList<AttributeChange> now)
    {
        StringBuilder text = new($"{host}: {planned.Address} is not as it was when the plan was made; nothing was written.");
        if (Same(planned.Attributes, now))
            return text.Append("\n  It is in the same state, but the host describes it in other words each time. Try again later.")
                .ToString();
        foreach (var name in planned.Attributes.Concat(now).Select(attribute => attribute.Name).Distinct())
        {
            var before = planned.Attributes.FirstOrDefault(attribute => attribute.Name == name);
            var current = now.FirstOrDefault(attribute => attribute.Name == name);
            text.Append($"\n  {name}: was {(before is null ? "as desired" : ValueText.Short(before.Before))}, ")
                .Append($"planned {ValueText.Short((before ?? current)?.After)}, ")
                .Append($"now {(current is null ? "as desired" : ValueText.Short(current.Before))}");
        }

        return text.Append("\n  Plan again to see what it needs now.").ToString();
    }
}

/// <summary>A command of a change failed. The error has all of the host's messages.</summary>
sealed class OperationFailedException(
    string host,
    string address,
    string operation,
    int exit,
    string error,
    SourceLine? source = null,
    string? next = null
)
    : CfgException(
        $"{(source is null ? "" : $"{source}: ")}{host}: {address}: failed (exit code {exit}):\n  "
            + $"{operation.ReplaceLineEndings("\n  ")}"
            + (
                Text.Ends(error.Trim()) is { Length: > 0 } said
                    ? $"\nstderr:\n  {said.ReplaceLineEndings("\n  ")}"
                    : "\nIt printed nothing to stderr."
            )
            + (next is null ? "" : $"\n{next}")
    )
{
    /// <summary>The exit code.</summary>
    public int Exit { get; } = exit;
}

/// <summary>Everything that a change does succeeded, but the host is not in the desired state.</summary>
sealed class NotConvergedException(string host, Change change, IReadOnlyList<string> lines)
    : CfgException(
        $"{(change.Source is null ? "" : $"{change.Source}: ")}{host}: {change.Address} was changed without an error, but it did not "
            + $"take:\n  {string.Join("\n  ", lines)}"
    )
{
    /// <summary>The remaining differences.</summary>
    internal IReadOnlyList<string> Lines { get; } = lines;
}

/// <summary>
/// A change was made, but at the end of the run the host no longer had that state: something later in the run undid it.
/// </summary>
sealed class UndoneLaterException(string host, Resource resource, IReadOnlyList<string> lines, IReadOnlyList<Resource> later)
    : CfgException(
        $"{(resource.Source is null ? "" : $"{resource.Source}: ")}{host}: {resource.Address} was made so, and at the end of the run it "
            + $"is not so any more:\n  {string.Join("\n  ", lines)}"
            + (
                later.Count == 0
                    ? "\n  A later change of this run, or something else on the host, undid it."
                    : $"\n  Changed after it by this run: {string.Join(", ", later.Select(Name))}. Where one of these undoes it, remove "
                        + $"one of the two."
            )
    )
{
    static string Name(Resource resource) => resource.Source is null ? resource.Address : $"{resource.Address} ({resource.Source})";
}
