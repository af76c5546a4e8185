using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Shows an apply while it goes on.</summary>
interface IApplyProgress : IAsyncDisposable
{
    /// <summary>Something happened; from any thread.</summary>
    void Tell(ApplyEvent happened);

    /// <summary>Says something to the user in between.</summary>
    void Say(string text);

    /// <summary>Prints lines in between, which stay.</summary>
    void Print(IReadOnlyList<Line> lines);
}
