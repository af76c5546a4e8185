using System.ComponentModel;
using System.Diagnostics;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Showing;

/// <summary>Shows text that is longer than the terminal in the user's pager, as git does; shorter text is printed.</summary>
static class Pager
{
    /// <summary>Shows lines.</summary>
    public static async Task Print(Terminal terminal, Func<int?, IEnumerable<OutputLine>> lines, CancellationToken ct)
    {
        var text = terminal.Wrapped(lines).ToList();
        // The pager writes to the same terminal as the progress, so both outputs must be that terminal.
        var pager = terminal.Variable("CFG_PAGER") ?? terminal.Variable("PAGER") ?? "less";
        if (!terminal.OutIsTerminal || !terminal.IsLive || pager is "" or "cat" || text.Count < terminal.CurrentHeight)
        {
            terminal.Print(text);
            return;
        }

        terminal.Out.Flush();
        try
        {
            ProcessStartInfo start = new("sh", ["-c", pager]) { RedirectStandardInput = true };
            start.Environment.TryAdd("LESS", "FRX");
            foreach (var name in terminal.Redaction.Variables)
                start.Environment.Remove(name);
            using var shown = Process.Start(start) ?? throw new UsageException("sh did not start");
            try
            {
                var whole = terminal.Redaction.Of(terminal.AllowsColour ? Ansi.Coloured(text) : Ansi.Plain(text));
                await shown.StandardInput.WriteAsync(whole.AsMemory(), ct);
                shown.StandardInput.Close();
            }
            catch (IOException)
            {
                // The reader has closed the pager.
            }

            await shown.WaitForExitAsync(CancellationToken.None);
        }
        catch (Win32Exception)
        {
            terminal.Print(text);
        }
    }
}
