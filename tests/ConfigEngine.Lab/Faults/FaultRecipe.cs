using System.Text.RegularExpressions;

namespace ConfigEngine.Lab.Faults;

/// <summary>
/// A recipe that is applied to a host, disturbed, and applied again, round after round; and how to see what is so there.
/// </summary>
/// <param name="host">Where.</param>
/// <param name="cfg">Who applies it.</param>
abstract class FaultRecipe(LabHost host, CfgProcess cfg) : IDisposable
{
    protected LabHost Host => host;

    protected CfgProcess Cfg => cfg;

    /// <summary>The recipe's path.</summary>
    public abstract string Path { get; }

    /// <summary>Brings the host to where a round begins.</summary>
    /// <param name="round">Its name; all are of one length, because long addresses are shortened.</param>
    public abstract Task Begin(string round);

    /// <summary>Looks at the host.</summary>
    /// <returns>Whether a change, or a handler, is so there; null where that cannot be told.</returns>
    public abstract Task<Func<string, bool?>> Look(string round);

    /// <summary>All that the recipe makes, and how often its handlers ran.</summary>
    public abstract Task<string> State(string round);

    /// <summary>Whether a step is one of this round, and not one that an earlier round left noted.</summary>
    public abstract bool IsOf(string step, string round);

    /// <summary>Whether a process is what the recipe wants to run.</summary>
    public abstract bool Wants(string command);

    /// <summary>The directories in which the recipe's files are.</summary>
    public abstract IEnumerable<string> Directories(string round);

    /// <inheritdoc/>
    public virtual void Dispose() { }

    /// <summary>A text that does not say which round it is of. A digest that happens to hold the round's name stays what it is.</summary>
    public static string Anyhow(string text, string round) => Regex.Replace(text, $@"\b{round}\b", "ROUND");
}
