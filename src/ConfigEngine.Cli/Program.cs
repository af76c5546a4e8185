using ConfigEngine.Cli;

DiagnosticPort.Close();
using var interrupts = Interrupts.OfProcess();
return await Cfg.Run(args, Terminal.OfProcess(), interrupts);
