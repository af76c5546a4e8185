using System.Text.Json;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Inspecting;

/// <summary>Asks hosts for their facts, all at once.</summary>
static class FactsRun
{
    /// <summary>Asks and prints.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> selectors,
        RunChoice choice,
        Action<IReadOnlyList<FactsDocument>, Terminal> print,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var hosts = InventoryHosts.Select(selectors, choice, terminal, ct);
        var answers = await EachHost.Ask(
            hosts,
            choice,
            terminal,
            (host, session) => Task.FromResult(new FactsDocument(host.Name, session.Facts, null)),
            (host, error) => new(host.Name, null, error.Message),
            ct
        );
        print(answers, terminal);
        return answers.Any(answer => answer.Error is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Prints facts as JSON.</summary>
    public static void PrintJson(IReadOnlyList<FactsDocument> answers, Terminal terminal) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(answers, Json.Indented.IReadOnlyListFactsDocument));

    /// <summary>Prints facts for people.</summary>
    public static void Print(IReadOnlyList<FactsDocument> answers, Terminal terminal)
    {
        foreach (var answer in answers)
        {
            if (answer.Facts is { } facts)
                terminal.Print([.. FactsText.Of(answer.Host, facts, terminal.Width), OutputLine.Empty]);
        }

        terminal.Out.Flush();
        foreach (var answer in answers.Where(answer => answer.Error is not null))
            terminal.Fail(answer.Error ?? "");
    }
}
