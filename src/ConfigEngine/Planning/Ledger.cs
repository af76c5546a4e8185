using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.Planning;

/// <summary>What earlier runs left on a host. It is read with every plan.</summary>
/// <param name="Holder">The run that has the host's lock; null when no run has it.</param>
/// <param name="Owed">The handlers that were notified and have not run, in order of their names.</param>
/// <param name="Finished">The result of an operation that continued after its run was lost; null when there is none.</param>
sealed record Ledger(Holder? Holder, IReadOnlyList<Owed> Owed, Finished? Finished)
{
    /// <summary>Nothing.</summary>
    public static Ledger Empty { get; } = new(null, [], null);

    /// <summary>Whether a run made a risky change and has not confirmed yet that the host can still be reached.</summary>
    internal bool HasLifeline { get; init; }

    /// <summary>The token of the run whose steps the host has a record of; null where it has none.</summary>
    internal string? Steps { get; init; }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="ProbeFailedException">The answer is not valid.</exception>
    internal static Ledger Read(string host, Output answer, string? bootId)
    {
        return Understood(
            host,
            "what earlier runs left there",
            () =>
            {
                if (answer.Exit != 0)
                    throw new UnexpectedOutputException($"the question ended with exit code {answer.Exit}: {answer.Said}");
                var said = answer.Lines.Select(line => NameValue.Read(line)).ToLookup(pair => pair.Name, pair => pair.Value);
                return new Ledger(
                    said.Contains("who") ? Holder.Read(said) : null,
                    [
                        .. said["owed"]
                            .Select(Entry)
                            .Where(entry => entry.Boot is null || entry.Boot == bootId)
                            .GroupBy(entry => entry.Owed.Handler)
                            .Select(entries =>
                                entries.First().Owed with
                                {
                                    Because = [.. entries.SelectMany(entry => entry.Owed.Because).Distinct()],
                                }
                            ),
                    ],
                    said["result"].FirstOrDefault() is { } result ? Finished.Read(result, said["said"]) : null
                )
                {
                    HasLifeline = said.Contains("lifeline"),
                    Steps = said["steps"].FirstOrDefault(),
                };
            }
        );
    }

    /// <summary>Reads an answer about runs.</summary>
    /// <exception cref="ProbeFailedException">The answer is not understood.</exception>
    internal static T Understood<T>(string host, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is UnexpectedOutputException or not CfgException)
        {
            throw new ProbeFailedException(host, what, unreadable.Message, inner: unreadable);
        }
    }

    static (Owed Owed, string? Boot) Entry(string line)
    {
        if (line.Split(' ', 2) is not [var file, var json])
            throw new UnexpectedOutputException($"expected a handler that is owed, got \"{Text.Excerpt(line)}\"");
        var boot = file.IndexOf('@', StringComparison.Ordinal);
        using var owed = JsonDocument.Parse(json);
        return (
            owed.RootElement.WithoutNulls().Deserialize(LedgerJson.Default.Owed) ?? throw new JsonException("it is empty"),
            boot < 0 ? null : file[(boot + 1)..]
        );
    }
}

/// <summary>
/// A handler that a change notified and that has not run since. The host recorded it in the same step as the change.
/// </summary>
/// <param name="Handler">Its name.</param>
/// <param name="Because">The resources whose change notified it.</param>
/// <param name="Since">When it was first notified.</param>
/// <param name="Run">The run of that change.</param>
/// <param name="By">The user of that run.</param>
sealed record Owed(string Handler, IReadOnlyList<string> Because, DateTimeOffset Since, string Run, string By);

/// <summary>An operation that must not be interrupted, and that finished on the host after its run was lost.</summary>
/// <param name="What">The addresses of its resources.</param>
/// <param name="Exit">Its exit code.</param>
/// <param name="Said">The last lines of its output.</param>
sealed record Finished(string What, int Exit, IReadOnlyList<string> Said)
{
    internal static Finished Read(string result, IEnumerable<string> said)
    {
        var space = result.IndexOf(' ', StringComparison.Ordinal);
        return space > 0
            ? new(result[(space + 1)..], Number.Read(result[..space], "an exit code"), [.. said])
            : throw new UnexpectedOutputException($"expected a result, got \"{Text.Excerpt(result)}\"");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Owed))]
sealed partial class LedgerJson : JsonSerializerContext;
