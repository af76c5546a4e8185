using System.CommandLine;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg completion</c>: a script for a shell that completes cfg's words with the Tab key.</summary>
static class CompletionCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("completion", "Print a script that completes cfg in a shell: source <(cfg completion bash)");
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.Add(shell);
        command.SetAction(parsed => terminal.Out.Write(EmbeddedText.Read($"completion/{parsed.GetRequiredValue(shell)}")));
        return command;
    }
}
