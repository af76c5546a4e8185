using ConfigEngine.Cli;

if (!args.Contains(RecipeDebugging.Option))
    DiagnosticPort.Close();
using var interrupts = Interrupts.OfProcess();
return await Cfg.Run(args, Terminal.OfProcess(), interrupts);
