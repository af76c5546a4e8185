using ConfigEngine.Cli;

using var interrupts = Interrupts.OfProcess();
return await Cfg.Run(args, Terminal.OfProcess(), interrupts);
