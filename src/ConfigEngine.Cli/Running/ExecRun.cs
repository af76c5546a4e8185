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
        bool json,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var named = choice.Everywhere is null ? 1 : 0;
        var script = string.Join(' ', words.Skip(named));
        if (script.Length == 0)
            throw new UsageException("name hosts and a command: cfg exec web 'uptime'; all stands for every host");
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
        if (json)
            terminal.PrintJson($"{terminal.Clean(Document(answers).ToJsonString(Json.Indented.Options))}\n");
        else
            terminal.Print(width => ExecText.Of(answers, width));
        return answers.All(answer => answer.Exit is 0) ? ExitCode.Done : ExitCode.Failed;
    }

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
