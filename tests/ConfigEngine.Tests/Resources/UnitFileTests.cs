using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class UnitFileTests : ISamples
{
    static readonly UnitFile App = new("app.service")
    {
        Unit = new() { Description = "the app", After = ["network-online.target", "db.service"] },
        Service = new()
        {
            Type = ServiceType.Exec,
            ExecStart = "/usr/bin/app --port 8080",
            User = "app",
            Restart = ServiceRestart.OnFailure,
            RestartSec = TimeSpan.FromMilliseconds(1500),
            WatchdogSec = TimeSpan.FromMinutes(2),
            UMask = "0027",
            Environment = new Dictionary<string, string> { ["GREETING"] = "say \"hi\" \\ bye\n", ["PLAIN"] = "1" },
            ReadWritePaths = ["/srv/app", "/srv/other data"],
            NoNewPrivileges = true,
            ["SystemCallFilter"] = ["@system-service", "~@privileged"],
        },
        Install = new() { WantedBy = ["multi-user.target"] },
    };

    [Fact]
    public void Writes_a_unit_from_its_sections() =>
        Plan(
            App,
            observed: """
            loaded=yes
            absent|directory
            missing

            """
        );

    [Fact]
    public void Renders_sections_and_settings_in_one_order() => Testing.Snapshot.Verify(Planned(App));

    [Fact]
    public void Has_systemd_read_a_unit_that_is_newer_than_what_it_knows() =>
        Plan(
            new UnitFile("app.target") { Content = "[Unit]\n" },
            observed: """
            loaded=no
            file|644|root|root|7|ae6c63cff33bcfa3b6a2d6d0c9dd19521dedaa351146b1a642d2bfc9cf5a1e1f
            missing
            [Unit]

            """
        );

    [Fact]
    public void Repairs_owner_and_mode() =>
        Plan(
            new UnitFile("app.target") { Content = "[Unit]\n" },
            observed: """
            loaded=yes
            file|666|daemon|daemon|7|ae6c63cff33bcfa3b6a2d6d0c9dd19521dedaa351146b1a642d2bfc9cf5a1e1f
            missing
            [Unit]

            """
        );

    [Fact]
    public void Wants_nothing_of_a_unit_that_is_as_it_should_be() =>
        Plan(
            new UnitFile("app.target") { Content = "[Unit]\n" },
            observed: """
            loaded=yes
            file|644|root|root|7|ae6c63cff33bcfa3b6a2d6d0c9dd19521dedaa351146b1a642d2bfc9cf5a1e1f
            missing
            [Unit]

            """
        );

    [Fact]
    public void Makes_the_directory_of_a_drop_in() =>
        Plan(
            new UnitFile("cron.service")
            {
                DropIn = "override",
                Service = new() { ExecStart = ["", "/usr/sbin/cron -f -L 15"] },
            },
            observed: """
            loaded=yes
            absent|directory
            missing

            """
        );

    [Fact]
    public void Asks_for_every_instance_of_a_template() =>
        Plan(
            new UnitFile("worker@.service") { Service = new() { ExecStart = "/usr/bin/worker %i" } },
            observed: """
            loaded=yes
            absent|directory
            missing

            """
        );

    [Fact]
    public void Makes_a_timer() =>
        Testing.Snapshot.Verify(
            Planned(
                new UnitFile("backup.timer")
                {
                    Timer = new()
                    {
                        OnCalendar = ["daily", "Mon 06:00"],
                        Persistent = true,
                        RandomizedDelaySec = TimeSpan.FromMinutes(30),
                    },
                    Install = new() { WantedBy = "timers.target" },
                }
            )
        );

    [Fact]
    public void Refuses_values_that_systemd_would_read_otherwise() =>
        Plan(
            new UnitFile("app.service")
            {
                Unit = new() { Description = " spaced" },
                Service = new() { ExecStart = ["/bin/a \\", "/bin/b\n[Install]"], ["Bad Key"] = "1" },
            },
            observed: ""
        );

    [Fact]
    public void Refuses_lists_variables_and_specifiers_that_systemd_would_read_otherwise() =>
        Plan(
            new UnitFile("app.service")
            {
                Unit = new() { Description = "100% sure", After = ["a'b\".service", "a\\"] },
                Service = new()
                {
                    ExecStart = "/bin/date +%F",
                    Environment = new Dictionary<string, string> { ["1A"] = "x", ["B"] = "\u0001" },
                },
            },
            observed: ""
        );

    [Theory]
    [InlineData("a %% b")]
    [InlineData("%i %%%n")]
    public void Takes_specifiers_that_there_are(string text) =>
        Assert.Empty(
            new UnitFile("app@.service")
            {
                Unit = new() { Description = text },
                Service = new() { ["CPUQuota"] = "50%" },
            }.Problems
        );

    [Fact]
    public void Refuses_a_section_of_another_type_of_unit() =>
        Plan(new UnitFile("app.timer") { Service = new() { ExecStart = "/bin/true" } }, observed: "");

    [Fact]
    public void Refuses_both_sections_and_content() =>
        Plan(new UnitFile("app.service") { Service = new(), Content = "[Service]\n" }, observed: "");

    [Fact]
    public void Refuses_a_file_that_says_nothing() => Plan(new UnitFile("app.service"), observed: "");

    [Fact]
    public void Refuses_names_that_are_none() => Plan(new UnitFile("../app") { DropIn = "override.conf", Content = "x" }, observed: "");

    [Fact]
    public void Does_not_take_an_unknown_answer_for_a_state() =>
        Plan(new UnitFile("app.target") { Content = "[Unit]\n" }, observed: "loaded=maybe\nabsent|directory\nmissing\n");

    static string Planned(UnitFile unit)
    {
        var question = Planner.Probes([unit])[0];
        var plan = Planner.Plan(
            "host",
            [(1, [unit])],
            new Dictionary<ProbeRequest, Output> { [question] = Output.Of("loaded=yes\nabsent|directory\nmissing\n") },
            []
        );
        return plan.Changes.Single().Operations.Single(operation => operation.Input is not null).Input!.Text!;
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<UnitFile>
            {
                LosesOnly = "a file of its own",
                Bare =
                [
                    new(new UnitFile("bare.service") { Service = new() { ExecStart = ["/bin/true"] } })
                    {
                        IsThere = "systemctl cat bare.service",
                    },
                ],
            },
        ];
}
