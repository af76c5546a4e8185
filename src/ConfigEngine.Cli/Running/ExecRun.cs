using System.Text.Json.Nodes;
using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Running;

/// <summary>Runs a command on several hosts at once.</summary>
static class ExecRun
{
    /// <summary>Runs and prints.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> words,
        RunChoice choice,
        TimeSpan timeout,
        Action<IReadOnlyList<ExecAnswer>, Terminal> print,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var named = choice.Everywhere is null ? 1 : 0;
        var script = string.Join(' ', words.Skip(named));
        if (script.Length == 0)
            throw new UsageException("name hosts and a command: cfg exec web 'uptime'; all means every host");
        var hosts = InventoryHosts.SelectWithSecrets([.. words.Take(named)], choice, terminal, ct);
        Request request = new(script, "the command") { Deadline = timeout };
        var answers = await EachHost.Ask(
            hosts,
            choice,
            terminal,
            async (host, session) => ExecAnswer.Of(host.Name, await session.Ask(request, ct)),
            (host, error) => new ExecAnswer(host.Name, null, "", "", error.Message),
            ct
        );
        print(answers, terminal);
        return answers.All(answer => answer.Exit is 0) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Prints answers as JSON.</summary>
    public static void PrintJson(IReadOnlyList<ExecAnswer> answers, Terminal terminal) =>
        terminal.PrintJson($"{terminal.Clean(Document(answers).ToJsonString(Json.Indented.Options))}\n");

    /// <summary>Prints answers for people.</summary>
    public static void Print(IReadOnlyList<ExecAnswer> answers, Terminal terminal) => terminal.Print(width => ExecText.Of(answers, width));

    static JsonArray Document(IReadOnlyList<ExecAnswer> answers) =>
        new([
            .. answers.Select(answer => new JsonObject
            {
                ["host"] = answer.Host,
                ["exitCode"] = answer.Exit,
                ["stdout"] = answer.Stdout,
                ["stderr"] = answer.Stderr,
                ["error"] = answer.Error,
            }),
        ]);
}
