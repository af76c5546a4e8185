using System.CommandLine;
using ConfigEngine.Cli.Ide;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg init</c>: creates a working directory to start with.</summary>
static class InitCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("init", "Create a small working directory: an inventory, a recipe, settings for editors.");
        var directory = Paths.Directory();
        command.Add(directory);
        var trust = Named.AddTo(command);
        command.SetAction(parsed => Init(parsed.GetValue(directory) ?? ".", parsed.GetValue(trust) ?? [], terminal));
        return command;
    }

    static int Init(string directory, IReadOnlyList<string> trusted, Terminal terminal)
    {
        var files = EmbeddedText
            .In("start/")
            .Select(file => (Path: directory is "." ? file.Name : Path.Combine(directory, file.Name), file.Text))
            .ToList();
        Named.Find(Existing(directory), trusted);
        if (files.Where(file => Path.Exists(file.Path)).Select(file => file.Path).ToList() is { Count: > 0 } there)
            throw new UsageException($"nothing was written, because these exist already: {string.Join(", ", there)}");
        IReadOnlyList<string> editing;
        try
        {
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
                // It does not follow a link that was put there meanwhile.
                using StreamWriter file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
                file.Write(text);
            }

            editing = [.. EditorFiles.Write(directory)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message);
        }

        foreach (var line in files.Select(file => file.Path).Concat(editing))
            terminal.Out.WriteLine(line);
        terminal.Say(
            "\nNow:\n"
                + $"{(Path.GetFullPath(directory) == Directory.GetCurrentDirectory() ? "" : $"  cd {HostShell.Shell.Quote(directory)}\n")}"
                + $"  cfg plan --local                      what infra.csx would change on this machine\n"
                + "  cfg apply recipes/hello.csx --local   plan another recipe, ask, and do it"
        );
        return ExitCode.Done;
    }

    /// <summary>The nearest parent directory that exists already.</summary>
    static string Existing(string directory)
    {
        var at = Path.GetFullPath(directory);
        while (!Directory.Exists(at))
            at = Path.GetDirectoryName(at) ?? "/";
        return at;
    }
}
