using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Progress for a program: each event as a line of JSON, on standard output.</summary>
sealed class JsonProgress(Terminal terminal) : IApplyProgress
{
    readonly Lock gate = new();

    public void Tell(ApplyEvent happened)
    {
        lock (gate)
        {
            terminal.PrintJson(terminal.Clean(EventJson.Line(happened, terminal.Time.GetUtcNow())) + "\n");
            terminal.Out.Flush();
        }
    }

    public void Say(string text) => terminal.Say(text);

    public void Print(IReadOnlyList<OutputLine> lines) => terminal.Say(lines);

    public ValueTask DisposeAsync() => default;
}
