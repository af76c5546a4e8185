using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresRestoreTests : ISamples
{
    const string Directory = "/var/lib/postgresql/17/main";
    const string Good = "backup=17\nbegan=2026-11-22 03:47:02\n";

    static readonly PostgresRestore Restore = new("/srv/backup/2026-11-22")
    {
        Cluster = "17/main",
        Archive = "/srv/wal",
        UpTo = "2026-11-27 09:30",
    };

    static string There(string content, string runs = "yes", string backup = Good, string more = "", string archive = "yes") =>
        $"data={Directory}\ncontent={content}\n{more}runs={runs}\n{backup}archive={archive}\ncluster=17/main\n";

    static readonly string Lost = There("absent", "no");
    static readonly string Own = There("server", more: "identifier=7300000000000000009\n");

    static string Restored(string end) =>
        There(
            "server",
            more: $"identifier=7300000000000000009\nrestored=/srv/backup/2026-11-22\nuntil={end}\n",
            backup: "backup=absent\nbegan=\n",
            archive: "no"
        );

    [Fact]
    public void Restores_data_that_is_lost() => Plan(Restore, Lost);

    [Fact]
    public void Restores_all_that_was_archived() => Plan(Restore with { UpTo = null }, Lost);

    [Fact]
    public void Leaves_what_was_restored_so_though_the_backup_is_gone() => Plan(Restore, Restored("2026-11-27 09:30:00"));

    [Fact]
    public void Replaces_no_data_that_is_not_named() => Plan(Restore, Own);

    [Fact]
    public void Replaces_data_that_is_named() => Plan(Restore with { Replace = Directory }, Own);

    [Fact]
    public void Restores_again_up_to_another_time_where_that_is_said() =>
        Plan(Restore with { Replace = Directory }, Restored("").Replace("absent\n", "17\n").Replace("archive=no", "archive=yes"));

    [Fact]
    public void Needs_a_base_backup_and_the_archive() => Plan(Restore, There("empty", "no", "backup=absent\nbegan=\n", archive: "no"));

    [Fact]
    public void Needs_a_backup_of_its_own_version() => Plan(Restore, There("empty", "no", "backup=15\nbegan=\n"));

    [Fact]
    public void Needs_a_backup_that_is_older_than_what_is_wanted() => Plan(Restore with { UpTo = "2026-11-22T04:47:02+01:00" }, Lost);

    [Fact]
    public void Leaves_tablespaces_to_people() => Plan(Restore, There("empty", "no", Good + "tablespaces=yes\n"));

    [Fact]
    public void Does_not_forget_what_a_restore_that_was_cut_off_left() =>
        Plan(Restore with { Replace = Directory }, There("server", more: "identifier=7300000000000000009\n", backup: "old=yes\n" + Good));

    [Fact]
    public void Needs_a_cluster() => Plan(Restore, "none=17/main\n");

    [Fact]
    public void Refuses_what_makes_no_sense() =>
        Plan(
            new PostgresRestore("backup")
            {
                Archive = "/srv/it's",
                Replace = "main",
                UpTo = "yesterday",
            },
            ""
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Restore, There("server", "perhaps"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresRestore>
            {
                Losses =
                [
                    new(
                        Restore with
                        {
                            Replace = Directory,
                        },
                        Own,
                        $"Discards all that is in {Directory}",
                        "Restarts postgresql@17-main.service"
                    ),
                ],
                BareElsewhere = "PostgresRestoreTests of the lab, with a backup and an archive",
                ForRoot = [new(Restore)],
            },
        ];
}
