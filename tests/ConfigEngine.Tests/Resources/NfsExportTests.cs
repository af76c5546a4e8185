using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NfsExportTests : ISamples
{
    static readonly NfsExport Share = new("/srv/share")
    {
        Clients = new() { ["192.168.1.0/24"] = ["rw", "sync", "all_squash", "insecure", "no_subtree_check"], ["backup"] = ["ro"] },
    };

    const string Served =
        "192.168.1.0/24(rw,sync,wdelay,hide,nocrossmnt,insecure,root_squash,all_squash,no_subtree_check,anonuid=65534,sec=sys) "
        + "backup(ro,sync,wdelay,hide,secure,root_squash,no_all_squash)";

    static string Answer(string served, string file, string there = "yes", string other = "") =>
        $"there={there}\nother={other}\nserved={served}\nfile\n{file}";

    static string Written(NfsExport export) =>
        export.Compare(new(null)) is { After.State: NfsExport.State { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    [Fact]
    public void Serves_a_directory() => Plan(Share, Answer("", Files.Absent));

    [Fact]
    public void Leaves_a_directory_that_is_served_as_wanted() => Plan(Share, Answer(Served, Files.Text(Written(Share))));

    [Fact]
    public void Serves_it_again_where_somebody_stopped_that() => Plan(Share, Answer("", Files.Text(Written(Share))));

    [Fact]
    public void Sees_a_client_that_somebody_let_in() => Plan(Share, Answer(Served + " *(ro)", Files.Text(Written(Share))));

    [Fact]
    public void Sees_options_that_somebody_changed() =>
        Plan(Share, Answer(Served.Replace(",all_squash", ",no_all_squash", StringComparison.Ordinal), Files.Text(Written(Share), "666")));

    [Fact]
    public void Writes_a_path_with_spaces_in_quotes() =>
        Plan(new NfsExport("/srv/my share") { Clients = new() { ["*"] = ["ro"] } }, Answer("", "absent|absent\nmissing\n"));

    [Fact]
    public void Needs_the_directory() => Plan(Share, Answer("", Files.Absent, "no"));

    [Fact]
    public void Says_that_a_dead_mount_does_not_answer() => Plan(Share, Answer("", Files.Absent, "silent"));

    [Fact]
    public void Says_that_another_file_exports_it() => Plan(Share, Answer(Served, Files.Absent, other: "/etc/exports"));

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Share, Answer("everybody", Files.Absent));

    [Fact]
    public void Refuses_who_is_no_client_and_what_is_no_option() =>
        Plan(
            new NfsExport("srv/\"share\"")
            {
                Clients = new() { ["192.168.1.5/24"] = ["rw", "ro"], ["a b"] = ["rw,sync"] },
            },
            Answer("", Files.Absent)
        );

    [Fact]
    public void Refuses_to_serve_nobody() => Plan(new NfsExport("/srv/share") { Clients = [] }, Answer("", Files.Absent));

    [Fact]
    public void Serves_it_no_more() =>
        Plan(new NoNfsExport("/srv/share"), $"other=\nserved={Served}\nfile\n" + Files.Text(Written(Share)));

    [Fact]
    public void Cannot_end_what_another_file_exports() =>
        Plan(new NoNfsExport("/srv/share"), $"other=/etc/exports\nserved={Served}\nfile\n{Files.Absent}");

    [Fact]
    public void Wants_nothing_where_it_is_not_served() => Plan(new NoNfsExport("/srv/share"), $"other=\nserved=\nfile\n{Files.Absent}");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NfsExport>
            {
                LosesOnly = "what was served there before",
                BareElsewhere = "KernelTests of the lab: it needs an NFS server",
                ForRoot = [new(Share)],
            },
            new Sample<NoNfsExport>
            {
                LosesOnly = "the export; the files stay",
                ForRoot =
                [
                    new(new NoNfsExport("/srv/other")) { Prepare = "mkdir -p /etc/exports.d; echo >/etc/exports.d/cfg-srv-other.exports" },
                ],
            },
        ];
}
