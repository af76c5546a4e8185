using System.CommandLine;
using ConfigEngine.Cli.Ide;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg ide</c>: sets editors up for a directory with recipes.</summary>
static class IdeCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("ide", "Write what makes editors know recipes. What is there already is kept.");
        var directory = Paths.Directory();
        command.Add(directory);
        var trust = Named.AddTo(command);
        command.SetAction(parsed => Write(parsed.GetValue(directory) ?? ".", parsed.GetValue(trust) ?? [], terminal));
        return command;
    }

    static int Write(string directory, IReadOnlyList<string> trusted, Terminal terminal)
    {
        if (!Directory.Exists(directory))
            throw new UsageException($"there is no directory {directory}; cfg init makes one to start with");
        Named.Find(directory, trusted);
        try
        {
            foreach (var line in EditorFiles.Write(directory))
                terminal.Out.WriteLine(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message);
        }

        terminal.Say(
            "\nVisual Studio Code: open the directory, and install the workspace extension that it recommends (cfg-recipes).\n"
                + "Any other editor: let it start cfg lsp for *.csx; the manual has the lines for Neovim, Emacs, Helix, Kate and Zed."
        );
        return ExitCode.Done;
    }
}
