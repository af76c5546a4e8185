using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SshConfigTests : ISamples
{
    const string Digest = "0000000000000000000000000000000000000000000000000000000000000000\n";
    const string Good = "home\ndirectory|700|deploy\nregular file|600|deploy\n" + Digest;

    static readonly SshConfig Db = new("db1")
    {
        Owner = "deploy",
        HostName = "203.0.113.21",
        ServerAliveInterval = TimeSpan.FromSeconds(15),
        ServerAliveCountMax = 3,
    };

    const string Section = "Host db1\n    HostName 203.0.113.21\n    ServerAliveInterval 15\n    ServerAliveCountMax 3\n";

    [Fact]
    public void Makes_a_section_for_all_users() =>
        Plan(new SshConfig("*") { ServerAliveInterval = TimeSpan.FromMinutes(5), ServerAliveCountMax = 5 }, Files.Absent);

    [Fact]
    public void Makes_the_file_of_a_user() =>
        Plan(
            Db with
            {
                IdentityFile = ["~/.ssh/id_db", "/srv/my keys/two"],
                ExitOnForwardFailure = true,
                LocalForward = ["46379 localhost:6379"],
                Options = new() { ["StrictHostKeyChecking"] = "yes", ["Compression"] = "yes" },
            },
            "home\ndirectory|700|deploy\nabsent\n"
        );

    [Fact]
    public void Stands_before_the_sections_with_patterns() =>
        Plan(Db, Good + "Host web1\n  User app\n\n# every host\nHost *\n  ServerAliveInterval 300\n");

    [Fact]
    public void Leaves_a_section_that_has_what_it_sets_and_more() =>
        Plan(Db, Good + "Host  db1\n\tserveraliveinterval=15\n\tHostName \"203.0.113.21\"\n\tUser app\n\tServerAliveCountMax 3 \n");

    [Fact]
    public void Changes_and_adds_options_in_their_place() =>
        Plan(Db, Good + "Host db1\n  User app\n  ServerAliveInterval 300\n  ServerAliveInterval 200\n  # mine\n\nHost db2\n  Port 2\n");

    [Fact]
    public void Says_which_line_counts_before_it() => Plan(Db, Good + "ServerAliveCountMax 9\nHost *\n  HostName other\nHost db1\n");

    [Fact]
    public void Lets_nobody_else_write_the_file() => Plan(Db, $"home\ndirectory|700|deploy\nregular file|664|deploy\n{Digest}{Section}");

    [Fact]
    public void Needs_its_user() => Plan(Db, "nouser\n");

    [Fact]
    public void Says_what_was_probably_meant() =>
        Plan(
            new SshConfig("db1")
            {
                Options = new()
                {
                    ["ServerAliveIntervall"] = "15",
                    ["port"] = "22",
                    ["Match"] = "all",
                },
            },
            Files.Absent
        );

    [Fact]
    public void Refuses_what_ssh_would_not_read_as_it_is_written() =>
        Plan(
            new SshConfig("db1\nHost *")
            {
                Port = 0,
                User = "a\nb",
                ConnectTimeout = TimeSpan.FromMilliseconds(1500),
                IdentityFile = ["a\"b"],
            },
            Files.Absent
        );

    [Fact]
    public void Refuses_a_section_without_an_option() => Plan(new SshConfig("db1"), Files.Absent);

    [Fact]
    public void Takes_out_a_section() =>
        Plan(new NoSshConfig("db1") { Owner = "deploy" }, Good + $"Host web1\n  User app\n\n{Section}\n# every host\nHost *\n  Port 22\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_section() =>
        Plan(new NoSshConfig("db1") { Owner = "deploy" }, Good + "Host db1 db2\n  User app\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SshConfig>
            {
                LosesOnly = "the value of an option that it names",
                Bare = [new(new SshConfig("db1") { Port = 2222 }) { IsThere = "ssh -G db1 | grep -qx 'port 2222'" }],
            },
            new Sample<NoSshConfig>
            {
                LosesOnly = "a section that it names",
                ForRoot = [new(new NoSshConfig("gone")) { Prepare = "printf 'Host gone\\n  Port 1\\n' >>/etc/ssh/ssh_config.d/cfg.conf" }],
            },
        ];
}
