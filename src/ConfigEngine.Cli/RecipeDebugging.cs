using System.Diagnostics;

namespace ConfigEngine.Cli;

/// <summary>Waits until somebody debugs this process, so that a recipe can be stepped through.</summary>
static class RecipeDebugging
{
    /// <summary>The option that asks for it.</summary>
    public const string Option = "--debug-recipe";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Says which process it is, and waits for a debugger.</summary>
    public static void Wait(Terminal terminal, CancellationToken ct)
    {
        if (Debugger.IsAttached)
            return;
        terminal.Say($"The recipe begins when a debugger is attached to process {Environment.ProcessId} (dotnet). Ctrl-C ends it.");
        while (!Debugger.IsAttached)
        {
            ct.WaitHandle.WaitOne(Pause);
            ct.ThrowIfCancellationRequested();
        }
    }
}
