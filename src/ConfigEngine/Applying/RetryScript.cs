using System.Globalization;
using System.Text;

namespace ConfigEngine.Applying;

/// <summary>
/// How a step acts: it runs its operations in order. If one fails and the resource allows it, the step tries again. Then it waits
/// for <see cref="Resource.Until"/>.
/// </summary>
static class RetryScript
{
    /// <summary>The name in the step's failure when no operation failed, but <see cref="Resource.Until"/> did.</summary>
    public const string Until = "until";

    /// <summary>The message for a change that was made, but after which <see cref="Resource.Until"/> did not succeed.</summary>
    public const string NotWaitedForAgain =
        "The change itself was made, so the next plan does not have it, and does not wait for this again: look at what keeps it from "
        + "coming to be.";

    const int RetriesUntil = 10;
    static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds the operations to the step's script. An operation that finally fails ends it with its number and exit code.
    /// </summary>
    /// <param name="script">The step's script.</param>
    /// <param name="step">The step.</param>
    /// <param name="prepared">The number of the file that was prepared for it (see prepare.sh); null where none was.</param>
    public static void Append(StringBuilder script, Step step, int? prepared)
    {
        var retries = Retries(step);
        var delay = Delay(step).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        for (var i = 0; i < step.Operations.Count; i++)
        {
            if (!step.Operations[i].TellsFirstWrite || step.Entries[0].Resource.As is not null)
                script.Append("cfg_acts\n");
            Append(script, Script(step, step.Operations[i], prepared), i.ToString(CultureInfo.InvariantCulture), retries, delay);
            script.Append("cfg_touch\n");
        }

        foreach (var resource in step.Entries.Select(entry => entry.Resource))
        {
            if (resource.Until is { } until)
                Append(script, Whole(until, resource.As), Until, retries, delay);
        }
    }

    /// <summary>How far a failed step came, by its own record.</summary>
    public static Reached ReachedBy(string phase) =>
        phase switch
        {
            "nothing" => Reached.Nothing,
            "part" => Reached.Part,
            _ => Reached.Unknown,
        };

    /// <summary>How long the step may take, if one operation may take this long.</summary>
    public static TimeSpan Longest(Step step, TimeSpan once) =>
        once + (Retries(step) * (step.Entries.Any(entry => entry.Resource.Retries > 0) ? once + Delay(step) : Delay(step)));

    static int Retries(Step step) =>
        step.Entries.Max(entry => entry.Resource.Retries ?? (entry.Resource.Until is null ? 0 : RetriesUntil));

    static TimeSpan Delay(Step step) => step.Entries.Max(entry => entry.Resource.RetryDelay) ?? DefaultDelay;

    static void Append(StringBuilder script, string act, string name, int retries, string delay)
    {
        script.Append(retries == 0 ? $"{act}\ncfg_did_act {name} $?\n" : $"cfg_try {name} {retries} {delay} {Shell.Quote(act)}\n");
    }

    static string Script(Step step, Operation operation, int? prepared)
    {
        var resource = step.Entries[0].Resource;
        if (prepared is { } number && operation.Writes is { } file)
            return Inside($"cfg_acting\ncfg_move_or_write {number} {Shell.Quote(file.Path)} {Shell.Quote(operation.Script.Text)}");
        var whole = Whole(operation.Script, resource.As, operation.Input, resource.As is null ? null : step.Entries[0].Probe?.Prelude);
        return operation.Uncut ? $"cfg_uncut {Shell.Quote(whole)}" : whole;
    }

    /// <summary>
    /// A script with its input, as its user, and without the lock, which must not be held by processes that the script leaves
    /// running.
    /// </summary>
    static string Whole(Shell script, string? user, Content? input = null, Shell? prelude = null)
    {
        var act = $"cfg_acting\n{script.Text}";
        if (input?.Bytes is { } bytes)
            act = Hiding(input, $"printf %s {Shell.Quote(Convert.ToBase64String(bytes.Span))} | base64 -d | ( {act}\n)");
        var whole = Probing.ScriptFor(Shell.Verbatim(act), prelude, user);
        return Inside(user is null ? whole : Hiding(input, whole));
    }

    static string Inside(string script) => $"( {script}\n) 1>&2 </dev/null 9>&-";

    static string Hiding(Content? input, string script) => input is { IsSecret: true } ? $"cfg_hides || exit\n{script}" : script;
}
