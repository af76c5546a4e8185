using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class CronJobTests : ISamples
{
    static readonly CronJob Backup = new("backup")
    {
        Schedule = "30 3 * * mon-fri",
        Command = $"/usr/local/bin/backup --to {"/srv/it's here"} --day $(date +%u)",
        User = "backup",
        Environment = new() { ["PATH"] = "/usr/bin:/bin", ["MAILTO"] = "" },
    };

    const string Written =
        "# Written by cfg: what is changed here is changed back.\nMAILTO=\"\"\nPATH=\"/usr/bin:/bin\"\n30 3 * * mon-fri backup "
        + "/usr/local/bin/backup --to '/srv/it'\\''s here' --day $(date +\\%u)\n";

    [Fact]
    public void Writes_a_job() => Plan(Backup, observed: "user\n" + Files.Absent);

    [Fact]
    public void Puts_back_a_job_that_was_altered() => Plan(Backup, observed: "user\n" + Files.Text("30 3 * * * backup true\n"));

    [Fact]
    public void Makes_a_job_one_that_cron_does_not_ignore() =>
        Plan(Backup, observed: "user\n" + Files.Text(Written, mode: "666", owner: "backup"));

    [Fact]
    public void Leaves_a_job_that_is_right() => Plan(Backup, observed: "user\n" + Files.Text(Written));

    [Fact]
    public void Takes_a_nickname_for_a_schedule() =>
        Plan(new CronJob("clean") { Schedule = "@daily", Command = $"true" }, observed: "user\n" + Files.Absent);

    [Fact]
    public void Says_that_either_day_will_do() =>
        Plan(new CronJob("clean") { Schedule = "0 0 1 * mon", Command = $"true" }, observed: "user\n" + Files.Absent);

    [Fact]
    public void Needs_its_user() => Plan(Backup, observed: "nobody\n" + Files.Absent);

    [Fact]
    public void Needs_the_directory() => Plan(Backup, observed: "user\nabsent|absent\nmissing\n");

    [Fact]
    public void Refuses_a_name_that_cron_does_not_read() => Plan(Backup with { Name = "backup.sh" }, observed: "");

    [Fact]
    public void Refuses_a_schedule_of_four_fields() => Plan(Backup with { Schedule = "30 3 * *" }, observed: "");

    [Fact]
    public void Refuses_numbers_out_of_range() => Plan(Backup with { Schedule = "60 24 0 13 8" }, observed: "");

    [Fact]
    public void Refuses_ranges_and_steps_that_make_no_sense() =>
        Plan(Backup with { Schedule = "30-10 */0 5/2 jan-foo mon,,tue" }, observed: "");

    [Fact]
    public void Refuses_a_nickname_that_it_does_not_know() => Plan(Backup with { Schedule = "@dayly" }, observed: "");

    [Fact]
    public void Refuses_a_command_of_two_lines() => Plan(Backup with { Command = $"true\nfalse" }, observed: "");

    [Fact]
    public void Refuses_what_versions_of_cron_read_differently() => Plan(Backup with { Command = $"date +\\%u" }, observed: "");

    [Fact]
    public void Refuses_variables_that_cron_cannot_take() =>
        Plan(
            Backup with
            {
                Environment = new()
                {
                    ["A B"] = "x",
                    ["C"] = "a\nb",
                    ["D"] = "'\"",
                    ["E"] = "space ",
                },
            },
            observed: ""
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Backup, observed: Files.Absent);

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<CronJob>
            {
                LosesOnly = "a file of its own",
                Bare = [new(new CronJob("beat") { Schedule = "@daily", Command = $"true" }) { IsThere = "test -f /etc/cron.d/beat" }],
            },
        ];
}
