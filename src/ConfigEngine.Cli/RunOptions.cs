using System.CommandLine;
using ConfigEngine.Cli.Configuring;

namespace ConfigEngine.Cli;

/// <summary>The options of commands that reach hosts: which hosts, and how.</summary>
sealed class RunOptions
{
    readonly Option<string?> on = new("--on")
    {
        Description = "Only these hosts: names, groups, globs, !exclusions, separated by commas",
        HelpName = "selector",
    };
    readonly Option<string?> host = new("--host")
    {
        Description = "Run every block on this host, without an inventory",
        HelpName = "user@address:port",
    };
    readonly Option<bool> local = new("--local") { Description = "Run every block on this machine, without ssh" };
    readonly Option<string[]> only = Repeated.Option(
        "--only",
        "address",
        "Only these resources: \"file /etc/motd\", /etc/motd, \"package *\""
    );
    readonly Option<string[]> skip = Repeated.Option("--skip", "address", "Not these resources");
    readonly Option<string?> sshConfig = new("--ssh-config")
    {
        Description = "An ssh configuration file to use instead of your own",
        HelpName = "file",
    };
    readonly Option<string[]> trust = Named.Option();
    readonly Option<int?> parallel = Numbers.Option("--parallel", "Work on at most this many hosts at once [default: 20]");
    readonly Option<TimeSpan?> connectTimeout = Durations.Option(
        "--connect-timeout",
        "Give up connecting to a host after this long [default: 10s]"
    );
    readonly Option<TimeSpan?> deadline = Durations.Option(
        "--deadline",
        "Stop with an error after this long (90s, 5m, 1h30m); time at the prompt is not counted"
    );
    readonly Option<TimeSpan?> hostDeadline = Durations.Option(
        "--host-deadline",
        "Stop work on a host with an error after this long; waiting for other hosts is not counted"
    );
    readonly Option<bool> become = new("--become")
    {
        Description = "Become root with sudo, also on hosts without Become in the inventory",
    };
    readonly Option<string?> transport = Transports.Option();
    readonly Option<bool> askPassword = new("--ask-password") { Description = "Ask for the password that ssh needs" };
    readonly Option<bool> askPassphrase = new("--ask-passphrase")
    {
        Description = "Ask for the passphrase of your ssh keys (native transport)",
    };
    readonly Option<bool> askBecomePassword = new("--ask-become-password") { Description = "Ask for the password that sudo needs" };
    readonly Option<bool> acceptNewHostKeys = new("--accept-new-host-keys")
    {
        Description = "Trust host keys seen for the first time (never changed ones)",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="planning">Whether it works on resources, or only reads hosts.</param>
    public static RunOptions AddTo(Command command, Planning planning)
    {
        RunOptions options = new();
        if (planning is Planning.Resources)
        {
            command.Add(options.on);
            HostNames.Complete(options.on);
        }

        Paths.Complete(options.sshConfig);
        Paths.Complete(options.trust);
        command.Add(options.host);
        command.Add(options.local);
        if (planning is Planning.Resources)
        {
            command.Add(options.only);
            command.Add(options.skip);
        }

        foreach (var option in (Option[])[options.sshConfig, options.transport, options.trust, options.parallel, options.connectTimeout])
            command.Add(option);
        foreach (var option in planning is Planning.Resources ? (Option[])[options.deadline, options.hostDeadline] : [])
            command.Add(option);
        foreach (
            var option in (Option[])
                [options.become, options.askPassword, options.askPassphrase, options.askBecomePassword, options.acceptNewHostKeys]
        )
        {
            command.Add(option);
        }

        command.Validators.Add(result => options.Conflicts(result).ForEach(result.AddError));
        return options;
    }

    /// <summary>The choices on the command line.</summary>
    public RunChoice Of(ParseResult parsed, Terminal terminal, string? path = null)
    {
        var trusted = parsed.GetValue(trust) ?? [];
        var settings = Settings.Find(path, trusted, terminal);
        return new()
        {
            On = parsed.GetValue(on),
            Host = parsed.GetValue(host) is { } address ? HostAddress.Parse(address) : null,
            HostText = parsed.GetValue(host),
            Local = parsed.GetValue(local),
            Only = parsed.GetValue(only) ?? [],
            Skip = parsed.GetValue(skip) ?? [],
            SshConfig = parsed.GetValue(sshConfig) ?? (settings[Setting.SshConfig] is { Length: > 0 } file ? file : null),
            Trusted = trusted,
            Parallel = parsed.GetValue(parallel) ?? Numbers.Parse(settings[Setting.Parallel]) ?? 1,
            ConnectTimeout =
                parsed.GetValue(connectTimeout) ?? Durations.Parse(settings[Setting.ConnectTimeout]) ?? TimeSpan.FromSeconds(10),
            Deadline = parsed.GetValue(deadline),
            HostDeadline = parsed.GetValue(hostDeadline),
            Become =
                parsed.GetValue(become)
                || (parsed.GetValue(askBecomePassword) && (parsed.GetValue(local) || parsed.GetValue(host) is not null)),
            BecomeIsSet = settings[Setting.Become] is "true" && !parsed.GetValue(local),
            Transport = Transports.Of(parsed.GetValue(transport) ?? settings[Setting.Transport]),
            AskPassword = parsed.GetValue(askPassword),
            AskPassphrase = parsed.GetValue(askPassphrase),
            AskBecomePassword = parsed.GetValue(askBecomePassword),
            AcceptNewHostKeys = parsed.GetValue(acceptNewHostKeys),
        };
    }

    List<string> Conflicts(System.CommandLine.Parsing.CommandResult result)
    {
        List<string> problems = [];
        (Option First, Option Second)[] never =
        [
            (on, host),
            (on, local),
            (host, local),
            (local, sshConfig),
            (local, transport),
            (local, askPassword),
            (local, askPassphrase),
            (local, acceptNewHostKeys),
        ];
        foreach (var (first, second) in never)
        {
            if (IsGiven(first) && IsGiven(second))
                problems.Add($"{first.Name} and {second.Name} cannot be used together");
        }

        return problems;

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }
}

/// <summary>What a command works on.</summary>
enum Planning
{
    /// <summary>Resources on hosts.</summary>
    Resources,

    /// <summary>The hosts themselves.</summary>
    Hosts,
}
