using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Shows the progress of an apply.</summary>
interface IApplyProgress : IAsyncDisposable
{
    /// <summary>Takes an event; called from any thread.</summary>
    void Tell(ApplyEvent happened);

    /// <summary>Shows a message to the user meanwhile.</summary>
    void Say(string text);

    /// <summary>Prints lines meanwhile, which stay.</summary>
    void Print(IReadOnlyList<OutputLine> lines);
}
