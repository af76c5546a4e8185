using ConfigEngine.Cli;

// It asks the C library who owns files, for one, which Windows does not have.
if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("error: cfg runs on Linux and macOS, and not on Windows itself\n  hint: run it in WSL");
    return ExitCode.Usage;
}

if (!args.Contains(RecipeDebugging.Option))
    DiagnosticPort.Close();
using var interrupts = Interrupts.OfProcess();
return await Cfg.Run(args, Terminal.OfProcess(), interrupts);
