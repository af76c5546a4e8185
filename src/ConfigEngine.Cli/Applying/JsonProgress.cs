using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Progress for a program: the events themselves, a line of JSON each, on standard output.</summary>
sealed class JsonProgress(Terminal terminal) : IApplyProgress
{
    readonly Lock gate = new();

    public void Tell(ApplyEvent happened)
    {
        lock (gate)
        {
            terminal.Out.WriteLine(EventJson.Line(happened, terminal.Time.GetUtcNow()));
            terminal.Out.Flush();
        }
    }

    public void Say(string text) => terminal.Say(text);

    public ValueTask DisposeAsync() => default;
}
