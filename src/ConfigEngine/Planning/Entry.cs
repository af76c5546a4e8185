using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Planning;

/// <summary>One resource in a plan: as it should be already, or to be changed (<see cref="PlannedChange"/>).</summary>
/// <param name="Resource">What should be so.</param>
public record Entry(Resource Resource)
{
    /// <summary>Why it cannot become so; null where nothing is in the way.</summary>
    public CfgException? Obstacle { get; init; }

    /// <summary>What the host is like already, where nothing has to change; null where that is not sure.</summary>
    internal Observed? Now { get; init; }
}

/// <summary>A resource that is to change, or to be looked at again.</summary>
/// <param name="Resource">What should be so.</param>
/// <param name="Change">What would change.</param>
public sealed record PlannedChange(Resource Resource, Change Change) : Entry(Resource)
{
    /// <summary>What must still be so on the host for the change to be made; null where it has to be looked at again anyway.</summary>
    internal Guard? Guard { get; init; }

    /// <summary>How its state is looked at; null where that cannot be told before a value is known.</summary>
    internal ProbeScript? Probe { get; init; }

    /// <summary>The state once the change took.</summary>
    internal Observed? After { get; init; }

    /// <summary>Whether it needs a value that is not known yet.</summary>
    internal bool Waits => Probe is null;

    /// <summary>
    /// A digest of all that the change runs, so that a plan that was reviewed is not applied with other scripts. Secret input is left out:
    /// a digest of it would let anybody try values.
    /// </summary>
    internal string Runs =>
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

/// <summary>What an observation was, in a form that the host itself can compare.</summary>
/// <param name="Script">What to run.</param>
/// <param name="Digest">The SHA-256 of what it must print.</param>
sealed record Guard(Shell Script, string Digest);
