using System.CommandLine;
using ConfigEngine.Cli.Comparing;
using ConfigEngine.Cli.History;
using ConfigEngine.Cli.Rehearsing;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg schema</c>: the JSON schema of what a command prints with <c>--json</c>.</summary>
static class SchemaCommand
{
    public static Command Make(Terminal terminal) =>
        new("schema", "Print the JSON schema of what cfg writes.")
        {
            Of("plan", "plan --json, plan --out and show --json", () => JsonSchemas.Plan, terminal),
            Of("events", "a line of apply --json", () => JsonSchemas.Events, terminal),
            Of("facts", "facts --json", () => JsonSchemas.Facts, terminal),
            Of("hosts", "hosts --json", () => JsonSchemas.Hosts, terminal),
            Of("diff", "diff --json", () => ComparisonDocument.Schema, terminal),
            Of("rehearsal", "rehearse --json", () => RehearsalDocument.Schema, terminal),
            Of("history", "history --json", () => HistoryJson.SchemaOfAll, terminal),
            Of("run", "history RUN --json", () => HistoryJson.SchemaOfOne, terminal),
        };

    static Command Of(string name, string what, Func<string> schema, Terminal terminal)
    {
        Command command = new(name, $"The JSON schema of {what}");
        command.SetAction(_ => terminal.Out.Write(schema()));
        return command;
    }
}
