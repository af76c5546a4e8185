using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.Planning;

/// <summary>What earlier runs left on a host: read with every plan.</summary>
/// <param name="Holder">Who has the host's lock; null when nobody has.</param>
/// <param name="Owed">The handlers that were called for and have not run, in order of their names.</param>
/// <param name="Finished">What an operation came to that went on when its run was gone; null when there is none.</param>
sealed record Ledger(Holder? Holder, IReadOnlyList<Owed> Owed, Finished? Finished)
{
    /// <summary>Nothing.</summary>
    public static Ledger Empty { get; } = new(null, [], null);

    /// <summary>Whether a run that made a risky change has not said yet that the host can be reached with it.</summary>
    internal bool HasLifeline { get; init; }

    /// <summary>Whose steps the host has a record of, by the token of that run; null where it has none.</summary>
    internal string? Steps { get; init; }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="ProbeFailedException">It is none.</exception>
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

    /// <summary>What is made of an answer about runs.</summary>
    /// <exception cref="ProbeFailedException">It is not understood.</exception>
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
        return (
            JsonSerializer.Deserialize(json, LedgerJson.Default.Owed) ?? throw new JsonException("it is empty"),
            boot < 0 ? null : file[(boot + 1)..]
        );
    }
}

/// <summary>A handler that a change called for, and that has not run since: recorded on the host in the same step as the change.</summary>
/// <param name="Handler">Its name.</param>
/// <param name="Because">The resources whose change called for it.</param>
/// <param name="Since">When it was first called for.</param>
/// <param name="Run">By which run.</param>
/// <param name="By">Whose run that was.</param>
sealed record Owed(string Handler, IReadOnlyList<string> Because, DateTimeOffset Since, string Run, string By);

/// <summary>An operation that must not be cut in half, and that finished on the host when its run was gone.</summary>
/// <param name="What">What it was for: addresses.</param>
/// <param name="Exit">Its exit code.</param>
/// <param name="Said">The last lines of what it said.</param>
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
