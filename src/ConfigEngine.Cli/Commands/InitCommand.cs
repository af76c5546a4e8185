using System.CommandLine;
using ConfigEngine.Cli.Starting;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg init</c>: a working directory to begin with.</summary>
static class InitCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("init", "Make a small working directory: an inventory, a recipe, settings for editors.");
        Argument<string?> directory = new("directory") { Description = "Where [default: here]", Arity = ArgumentArity.ZeroOrOne };
        command.Add(directory);
        Paths.Complete(directory, "*/");
        command.SetAction(parsed => Init(parsed.GetValue(directory) ?? ".", terminal));
        return command;
    }

    static int Init(string directory, Terminal terminal)
    {
        var files = StartingFiles.All.Select(file => (Path: directory is "." ? file.Path : Path.Combine(directory, file.Path), file.Text)).ToList();
        if (files.Where(file => File.Exists(file.Path)).Select(file => file.Path).ToList() is { Count: > 0 } there)
            throw new UsageException($"nothing was written, because there is already: {string.Join(", ", there)}");
        try
        {
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
                File.WriteAllText(path, text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message);
        }

        foreach (var (path, _) in files)
            terminal.Out.WriteLine(path);
        terminal.Say($"\nNow:\n{(Path.GetFullPath(directory) == Directory.GetCurrentDirectory() ? "" : $"  cd {ConfigEngine.Shell.Quote(directory)}\n")}  cfg plan --local                      what infra.csx would change on this machine\n  cfg apply recipes/hello.csx --local   plan another recipe, ask, and do it");
        return ExitCode.Done;
    }
}
