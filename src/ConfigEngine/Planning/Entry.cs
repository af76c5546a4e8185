using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Planning;

/// <summary>One resource in a plan: already in its desired state, or to be changed (<see cref="PlannedChange"/>).</summary>
/// <param name="Resource">The resource.</param>
record Entry(Resource Resource)
{
    /// <summary>Why it cannot reach its desired state; null where nothing prevents it.</summary>
    public CfgException? Obstacle { get; init; }

    /// <summary>The host's actual state, if nothing has to change; null where that is not certain.</summary>
    public Observed? Now { get; init; }
}

/// <summary>A resource that is to be changed, or to be probed again.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Change">The change.</param>
sealed record PlannedChange(Resource Resource, Change Change) : Entry(Resource)
{
    /// <summary>
    /// What must still hold on the host for the change to be made; null where the resource is probed again anyway.
    /// </summary>
    public Guard? Guard { get; init; }

    /// <summary>Its probe; null where that cannot be told before a value is known.</summary>
    public ProbeScript? Probe { get; init; }

    /// <summary>The state before the change; null where it is not known.</summary>
    public Observed? Before { get; init; }

    /// <summary>The state after the change.</summary>
    public Observed? After { get; init; }

    /// <summary>Whether it is on a host whose state was predicted, and its own state is not told there.</summary>
    public bool IsUntold => Change is { Verb: Verb.Recheck, Certainty: Certainty.Unknown };

    /// <summary>Whether it needs a value that is not known yet.</summary>
    public bool Waits => Probe is null;

    /// <summary>
    /// A digest of everything that the change runs, so that a reviewed plan is not applied with other scripts. Secret input is left
    /// out, because a digest of it would allow anyone to try values.
    /// </summary>
    public string Runs =>
        Digest([
            Resource.As,
            Resource.Until?.Text,
            $"{Resource.Retries} {Resource.RetryDelay} {Resource.Deadline}",
            .. Change.Operations.SelectMany(operation =>
                (string?[])
                    [
                        operation.Script.Text,
                        operation.Input is { IsSecret: false } input ? input.Digest : null,
                        operation.Batch is { } batch ? $"{batch.Key} {batch.Item} {batch.Together([batch.Item]).Script.Text}" : null,
                        $"{operation.Deadline} {operation.Uncut} {operation.Reboots}",
                    ]
            ),
        ]);

    static string Digest(IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part?.Length ?? -1} {part}\n"))))
        );
}

/// <summary>An observation, in a form that the host itself can compare.</summary>
/// <param name="Script">The script to run.</param>
/// <param name="Digest">The SHA-256 of its expected output.</param>
sealed record Guard(Shell Script, string Digest);
