using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SupervisorProgramTests : ISamples
{
    static readonly SupervisorProgram Worker = new("worker")
    {
        Command = $"/srv/app/venv/bin/celery -A app worker",
        Directory = "/srv/app",
        User = "app",
        StopWait = TimeSpan.FromMinutes(10),
        TaskLimit = TimeSpan.FromMinutes(5),
    };

    const string Nothing = $"user=user\nsupervisor=yes\nloaded=yes\nprocesses=0\nrunning=0\nfile\n{Files.Absent}";

    static string There(SupervisorProgram program, string loaded = "yes", int running = 1, Func<string, string>? change = null) =>
        $"{(program.User is null ? "" : "user=user\n")}supervisor=yes\nloaded={loaded}\n"
        + $"processes={program.Processes}\nrunning={running}\nfile\n"
        + Files.Text((change ?? (text => text))(Written(program)));

    static string Written(SupervisorProgram program) =>
        program.Compare(new(null)) is { After.State: SupervisorProgram.State { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    [Fact]
    public void Adds_a_program() => Plan(Worker, Nothing);

    [Fact]
    public void Writes_values_so_that_they_are_read_back() =>
        Plan(
            new SupervisorProgram("odd")
            {
                Command = $"/usr/bin/printf {"100% #1 ;2"} {"it's"}",
                Environment = new() { ["A"] = "50% of \"it\" now", ["B"] = "a, b=c;d" },
                Processes = 4,
                AutoStart = false,
                AutoRestart = "unexpected",
                StopSignal = "QUIT",
                StartWait = TimeSpan.FromSeconds(5),
                StopAsGroup = true,
                Log = "/var/log/odd.log",
                Priority = 7,
                Running = false,
            },
            $"supervisor=yes\nloaded=yes\nprocesses=0\nrunning=0\nfile\n{Files.Absent}"
        );

    [Fact]
    public void Says_that_a_stop_kills_tasks() => Plan(Worker with { StopWait = null }, Nothing);

    [Fact]
    public void Says_that_this_restart_still_waits_as_before() =>
        Plan(Worker, There(Worker, change: text => text.Replace("stopwaitsecs=600\n", "", StringComparison.Ordinal)));

    [Fact]
    public void Leaves_a_program_that_is_right() => Plan(Worker, There(Worker));

    [Fact]
    public void Has_supervisord_use_a_file_that_it_has_not_read() => Plan(Worker, There(Worker, "no"));

    [Fact]
    public void Starts_what_does_not_run() =>
        Plan(Worker with { Processes = 3, User = null }, There(Worker with { Processes = 3, User = null }, running: 1));

    [Fact]
    public void Stops_a_program() => Plan(Worker with { Running = false }, There(Worker));

    [Fact]
    public void Needs_its_user() => Plan(Worker, Nothing.Replace("user=user", "user=nobody", StringComparison.Ordinal));

    [Fact]
    public void Needs_supervisord() => Plan(Worker, $"user=user\nsupervisor=no\nfile\n{Files.Absent}");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() =>
        Plan(Worker, Nothing.Replace("loaded=yes", "loaded=perhaps", StringComparison.Ordinal));

    [Fact]
    public void Refuses_what_supervisord_could_not_read_back() =>
        Plan(
            new SupervisorProgram("a:b")
            {
                Command = $"",
                Log = "/var/log/%s",
                Environment = new()
                {
                    ["A-B"] = "1",
                    ["TWO"] = "'\"",
                    ["LINES"] = "a\nb",
                    ["COMMENT"] = "a # b",
                    ["END"] = "'a'",
                },
                Processes = 0,
                AutoRestart = "always",
                StopSignal = "STOP",
                StopWait = TimeSpan.FromMilliseconds(1),
                StopAsGroup = true,
                KillAsGroup = false,
            },
            Nothing
        );

    [Fact]
    public void Removes_a_program() =>
        Plan(
            new NoSupervisorProgram("worker"),
            "supervisor=yes\nloaded=yes\nprocesses=1\nrunning=1\nfile\n" + Files.Text("[program:worker]\n")
        );

    [Fact]
    public void Forgets_a_program_whose_file_is_gone() =>
        Plan(new NoSupervisorProgram("worker"), $"supervisor=yes\nloaded=no\nprocesses=1\nrunning=1\nfile\n{Files.Absent}");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_program() =>
        Plan(new NoSupervisorProgram("worker"), $"supervisor=no\nfile\n{Files.Absent}");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SupervisorProgram>
            {
                Losses = [new(Worker, There(Worker, "no"), "Restarts supervisor program worker")],
                BareElsewhere = "SupervisorTests of the lab: it needs supervisor",
                ForRoot = [new(new SupervisorProgram("worker") { Command = $"sleep 1" })],
            },
            new Sample<NoSupervisorProgram>
            {
                LosesOnly = "the program, and its file",
                ForRoot =
                [
                    new(new NoSupervisorProgram("other"))
                    {
                        Prepare = "mkdir -p /etc/supervisor/conf.d; echo >/etc/supervisor/conf.d/other.conf",
                    },
                ],
            },
        ];
}
