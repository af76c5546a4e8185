using System.Text;

namespace ConfigEngine;

/// <summary>The host is not as it was planned: nothing of this change was done.</summary>
public sealed class DriftException(string host, Change change, IReadOnlyList<string> lines)
    : CfgException(Describe(host, change, lines))
{
    static string Describe(string host, Change change, IReadOnlyList<string> lines)
    {
        StringBuilder text = new($"{host}: {change.Address} is not as it was when the plan was made; nothing was written.");
        foreach (var line in lines)
            text.Append("\n  ").Append(line);
        return text.Append("\n  Plan again to see what it needs now.").ToString();
    }
}

/// <summary>A command of a change failed: known, and told with all that the host said.</summary>
public sealed class OperationFailedException(string host, string address, string operation, int exit, string error, SourceLine? source = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: {address}: this failed with exit code {exit}:\n  {operation.ReplaceLineEndings("\n  ")}"
        + (Text.Ends(error.Trim()) is { Length: > 0 } said ? $"\nand said:\n  {said.ReplaceLineEndings("\n  ")}" : ", and said nothing."))
{
    /// <summary>The exit code.</summary>
    public int Exit { get; } = exit;
}

/// <summary>Everything that a change does succeeded, and yet the host is not as it should be.</summary>
public sealed class NotConvergedException(string host, Change change, IReadOnlyList<string> lines)
    : CfgException($"{(change.Source is null ? "" : $"{change.Source}: ")}{host}: {change.Address} was changed without an error, but it did not take:\n  {string.Join("\n  ", lines)}");
