using System.Globalization;

namespace ConfigEngine.Resources;

/// <content>Its file, and what cannot be written there.</content>
public sealed partial record SupervisorProgram
{
    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in NameProblems(Name).Concat(PathProbe.Problems(User, null)))
                yield return problem;
            var command = Command.Text;
            if (command.Trim().Length == 0)
                yield return "its command is empty";
            else if (SupervisorSyntax.Problem(command) is { } odd && !odd.Contains('#', StringComparison.Ordinal))
                yield return $"its command cannot be written: {odd}";
            foreach (var path in ((string?[])[Directory, Log, ErrorLog]).OfType<string>())
            {
                foreach (var problem in PathProbe.Problems(path))
                    yield return problem;
                if (
                    (SupervisorSyntax.Problem(path) ?? (path.Contains('%', StringComparison.Ordinal) ? "it has a % in it" : null)) is
                    { } wrong
                )
                    yield return $"\"{Text.Excerpt(path)}\" cannot be written: {wrong}";
            }

            foreach (var problem in Environment.SelectMany(variable => VariableProblems(variable.Key, variable.Value)))
                yield return problem;
            if (Processes is < 1 or > 1000)
                yield return $"{Processes} processes cannot be: 1 to 1000";
            if (AutoRestart is not ("true" or "false" or "unexpected"))
                yield return $"AutoRestart is true, false or unexpected, and not \"{Text.Excerpt(AutoRestart)}\"";
            if (StopSignal is not (null or "TERM" or "HUP" or "INT" or "QUIT" or "KILL" or "USR1" or "USR2"))
                yield return $"StopSignal is TERM, HUP, INT, QUIT, KILL, USR1 or USR2, and not \"{Text.Excerpt(StopSignal)}\"";
            foreach (var time in ((TimeSpan?[])[StartWait, StopWait]).OfType<TimeSpan>())
            {
                if (time < TimeSpan.Zero || time > TimeSpan.FromDays(7) || time.Ticks % TimeSpan.TicksPerSecond != 0)
                    yield return $"supervisord waits whole seconds, up to a week, and not {time}";
            }

            if (StopAsGroup is true && KillAsGroup is false)
                yield return "what is stopped as a group is killed as a group: leave out KillAsGroup";
        }
    }

    /// <summary>What is wrong with the name of a program.</summary>
    internal static IEnumerable<string> NameProblems(string name) =>
        ValidName().IsMatch(name)
            ? []
            : [$"\"{Text.Excerpt(name)}\" is not a name for a program: letters, digits, dots, dashes and underscores"];

    static IEnumerable<string> VariableProblems(string name, string value)
    {
        if (!Variable().IsMatch(name))
            yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a variable";
        else if (SupervisorSyntax.VariableProblem(value) is { } wrong)
            yield return $"the value of {name} {wrong}";
    }

    string Lines(IReadOnlyList<KeyValuePair<string, string>> variables) =>
        string.Concat(
            (
                (string?[])
                    [
                        "; Written by cfg: what is changed here is changed back.",
                        $"[program:{Name}]",
                        $"command={SupervisorSyntax.Command(Command.Text.Trim())}",
                        Processes > 1 ? $"process_name=%(program_name)s_%(process_num)02d" : null,
                        Processes > 1 ? $"numprocs={Processes}" : null,
                        Setting("directory", Directory),
                        Setting("user", User),
                        variables.Count > 0 ? $"environment={SupervisorSyntax.Environment(variables)}" : null,
                        $"autostart={Word(AutoStart)}",
                        $"autorestart={AutoRestart}",
                        Setting("startsecs", Seconds(StartWait)),
                        Setting("stopsignal", StopSignal),
                        Setting("stopwaitsecs", Seconds(StopWait)),
                        Setting("stopasgroup", StopAsGroup is { } stop ? Word(stop) : null),
                        Setting("killasgroup", KillAsGroup is { } kill ? Word(kill) : null),
                        Setting("priority", Priority?.ToString(CultureInfo.InvariantCulture)),
                        Setting("stdout_logfile", Log),
                        Log is not null && ErrorLog is null ? "redirect_stderr=true" : Setting("stderr_logfile", ErrorLog),
                    ]
            )
                .OfType<string>()
                .Select(line => line + "\n")
        );

    static string? Setting(string name, string? value) => value is null ? null : $"{name}={SupervisorSyntax.Value(value)}";

    static string Word(object value) => value is true ? "true" : "false";

    static string? Seconds(TimeSpan? time) => time is { } wait ? ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
}
