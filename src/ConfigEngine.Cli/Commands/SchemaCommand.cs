using System.CommandLine;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg schema plan</c>: the JSON schema of a plan.</summary>
static class SchemaCommand
{
    public static Command Make(Terminal terminal)
    {
        Command plan = new("plan", "The JSON schema of a plan");
        plan.SetAction(_ => terminal.Out.Write(PlanSchema.Text()));
        Command command = new("schema", "Print the JSON schema of what cfg writes.") { plan };
        return command;
    }
}
