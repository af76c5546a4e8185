using System.CommandLine;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg lsp</c>: serves an editor.</summary>
static class LspCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("lsp", "Serve an editor that speaks the Language Server Protocol, over standard input and output.");
        Option<bool> stdio = new("--stdio") { Description = "Over standard input and output, as always", Hidden = true };
        command.Add(stdio);
        command.SetAction((_, ct) => Serve(terminal, ct));
        return command;
    }

    // The editor's assembly is loaded when this is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<int> Serve(Terminal terminal, CancellationToken ct)
    {
        if (terminal.InIsTerminal)
            throw new UsageException("cfg lsp is started by an editor, and talks with it; cfg ide sets an editor up");
        var wrong = await Editor.LanguageServer.Run(terminal.Streams.In, terminal.Streams.Out, Cfg.Version, terminal.Time, ct);
        if (wrong is null)
            return ExitCode.Done;
        terminal.Fail(wrong);
        return ExitCode.Failed;
    }
}
