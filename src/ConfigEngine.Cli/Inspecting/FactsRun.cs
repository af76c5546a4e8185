using System.Text.Json;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Inspecting;

/// <summary>Asks hosts for their facts, all at once.</summary>
static class FactsRun
{
    /// <summary>Asks and prints.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<string> selectors, RunChoice choice, bool json, Terminal terminal, CancellationToken ct)
    {
        var hosts = InventoryHosts.Select(selectors, choice, terminal, ct);
        using var connector = await Connecting.Make(choice, terminal, ct);
        RedactedConnector redacted = new(connector, terminal.Redaction);
        using SemaphoreSlim slots = new(choice.Parallel);
        var answers = await Task.WhenAll(hosts.Select(async host =>
        {
            await slots.WaitAsync(ct);
            try
            {
                await using var session = await redacted.Connect(host, null, ct);
                return new FactsDocument(host.Name, session.Facts, null);
            }
            catch (CfgException error)
            {
                return new FactsDocument(host.Name, null, error.Message);
            }
            finally
            {
                slots.Release();
            }
        }));

        if (json)
            terminal.Out.WriteLine(JsonSerializer.Serialize(answers, Json.Indented.IReadOnlyListFactsDocument));
        else
            Print(answers, terminal);
        return answers.Any(answer => answer.Error is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    static void Print(IReadOnlyList<FactsDocument> answers, Terminal terminal)
    {
        foreach (var answer in answers)
        {
            if (answer.Facts is { } facts)
                terminal.Print([.. FactsText.Of(answer.Host, facts, terminal.Width), Line.Empty]);
        }

        terminal.Out.Flush();
        foreach (var answer in answers.Where(answer => answer.Error is not null))
            terminal.Say(answer.Error ?? "", Ink.Error);
    }
}
