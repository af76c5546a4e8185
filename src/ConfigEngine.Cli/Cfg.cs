using System.CommandLine;
using System.CommandLine.Help;
using System.Security.Cryptography;
using ConfigEngine.Cli.Commands;
using ConfigEngine.Cli.Parsing;
using ConfigEngine.Local;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>The command tree, and the output of every error in it.</summary>
static class Cfg
{
    /// <summary>The version, as <c>cfg --version</c> prints it.</summary>
    public static string Version { get; } = typeof(Cfg).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>
    /// The build of that version. The scripts for hosts come from these assemblies, and the compiler gives each assembly an id that
    /// depends on its content.
    /// </summary>
    /// <remarks>Made when it is first needed, because it loads these assemblies.</remarks>
    public static string Build => build.Value;

    static readonly Lazy<string> build = new(() =>
        Convert.ToHexStringLower(
            SHA256.HashData([
                .. ((Type[])[typeof(Resource), typeof(Scripting.LoadedRecipe), typeof(Ssh.Connector), typeof(Cfg)]).SelectMany(type =>
                    type.Module.ModuleVersionId.ToByteArray()
                ),
            ])
        )[..16]
    );

    static readonly Option<bool> Debug = new("--debug")
    {
        Description = "Show stack traces with errors",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, Terminal terminal, Interrupts interrupts)
    {
        terminal = terminal.Redacted();
        var code = await Act(arguments, terminal, interrupts);
        try
        {
            terminal.Out.Flush();
        }
        catch (OutputException unwritten)
        {
            terminal.Fail(unwritten.Message);
            return code is ExitCode.Done ? ExitCode.Failed : code;
        }

        return code;
    }

    static async Task<int> Act(IReadOnlyList<string> arguments, Terminal terminal, Interrupts interrupts)
    {
        arguments = Habits.Translate(arguments);
        var parsed = Root(terminal, interrupts).Parse(arguments, new() { ResponseFileTokenReplacer = null });
        interrupts.WhenAsked(() => terminal.Say("No host is being worked on."));
        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            if (parsed.Action is HelpAction && parsed.UnmatchedTokens.Count == 0)
                return Help(parsed, configuration, terminal);
            if (arguments is not [['[', ..], ..] && Mistakes.In(arguments, parsed) is { Count: > 0 } mistakes)
                return Refuse(mistakes, parsed.CommandResult.Command, terminal);
            return await parsed.InvokeAsync(configuration, interrupts.Stop);
        }
        catch (Exception error)
        {
            return Tell(error, terminal, interrupts, parsed);
        }
    }

    /// <summary>The commands.</summary>
    public static RootCommand Root(Terminal terminal, Interrupts interrupts)
    {
        RootCommand root = new(HelpPages.Root)
        {
            PlanCommand.Make(terminal, interrupts),
            ApplyCommand.Make(terminal, interrupts),
            HistoryCommand.Make(terminal),
            CheckCommand.Make(terminal),
            RecordCommand.Make(terminal, interrupts),
            TestCommand.Make(terminal),
            DiffCommand.Make(terminal, interrupts),
            RehearseCommand.Make(terminal, interrupts),
            FactsCommand.Make(terminal),
            PurgeCommand.Make(terminal),
            HostsCommand.Make(terminal),
            ExecCommand.Make(terminal),
            ShellCommand.Make(terminal),
            InitCommand.Make(terminal),
            ShowCommand.Make(terminal),
            GraphCommand.Make(terminal),
            DocsCommand.Make(terminal),
            SettingsCommand.Make(terminal),
            SchemaCommand.Make(terminal),
            CompletionCommand.Make(terminal),
            IdeCommand.Make(terminal),
            LspCommand.Make(terminal),
            Debug,
        };
        root.HelpName = "cfg";
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Description = "Show this help, or a command's: cfg apply --help";
            if (help.Action is HelpAction action)
                action.MaxWidth = HelpPages.Width;
            foreach (var alias in help.Aliases.Where(alias => alias is not "-h").ToList())
                help.Aliases.Remove(alias);
        }

        // A flag is either there or not. System.CommandLine would accept a true or false after it, and offer them.
        foreach (var flag in root.Subcommands.SelectMany(command => command.Options).OfType<Option<bool>>())
            flag.Arity = ArgumentArity.Zero;

        root.SetAction(_ => terminal.Out.Write(HelpPages.Short(root)));
        return root;
    }

    /// <summary>Help, without the spaces that the library leaves at the ends of lines.</summary>
    static int Help(ParseResult parsed, InvocationConfiguration configuration, Terminal terminal)
    {
        using StringWriter page = new();
        configuration.Output = page;
        var code = parsed.Invoke(configuration);
        terminal.Out.Write(string.Join('\n', page.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd(' '))));
        return code;
    }

    static int Refuse(IEnumerable<string> mistakes, Command command, Terminal terminal)
    {
        foreach (var mistake in mistakes)
            terminal.Fail(mistake);
        terminal.Say($"See: cfg {(command is RootCommand ? "" : $"{command.Name} ")}--help");
        return ExitCode.Usage;
    }

    static int Tell(Exception error, Terminal terminal, Interrupts interrupts, ParseResult parsed)
    {
        var debug = parsed.GetValue(Debug);
        if (error is OperationCanceledException && interrupts.Stop.IsCancellationRequested)
        {
            // On a new line, below a question that was not answered.
            terminal.Say(terminal.ErrorIsTerminal ? "\nStopped." : "Stopped.");
            return ExitCode.Interrupted;
        }

        if (error is CfgException)
            terminal.Fail(error.Message);
        else
            terminal.Fail(
                $"this is a defect in cfg: {error.Message} ({error.GetType().Name}){(debug ? "" : "; run with --debug for details")}"
            );
        if (debug)
            terminal.Say(error.ToString(), Ink.Dim);
        return error is RecipeException or UsageException or PlanUnreadableException or UntrustedException
            ? ExitCode.Usage
            : ExitCode.Failed;
    }
}
