using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class KnownHostTests : ISamples
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";
    const string Other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAye/bMfQTvuS0Bo0hodAjqf5v59K1wEHthQORUh6D5u";
    const string Good = "home\ndirectory|700|deploy\nregular file|600|deploy\n" + Digest;
    const string Digest = "0000000000000000000000000000000000000000000000000000000000000000\n";

    /// <summary>db1, hashed by ssh-keygen -H.</summary>
    const string Hashed = "|1|g8e+KOBef1Ge88BUBLt7CoQYgsw=|v0l+4X/DX/gLULHkuviNcbDxnOw=";

    /// <summary>[db1]:2222, in the same way.</summary>
    const string HashedWithPort = "|1|OyT0WT1A/evarktuh7n3jlLuZNc=|GATkgSY+jp2ormqXj5GL4C+u8GI=";

    static readonly KnownHost Db = new("db1", Key) { Owner = "deploy" };

    [Fact]
    public void Adds_a_host_for_all_users() => Plan(new KnownHost("DB1.example.com", Key), Files.Absent);

    [Fact]
    public void Adds_a_host_for_a_user_and_keeps_others() =>
        Plan(Db, Good + $"# mine\nweb1 {Key}\n*.example.com {Key}\ndb1 ssh-rsa AAAAB3NzaC1yc2E=");

    [Fact]
    public void Makes_the_directory_and_the_file() => Plan(Db with { Port = 2222 }, "home\nabsent\nabsent\n");

    [Fact]
    public void Leaves_a_host_that_is_known() => Plan(Db, Good + $"web1,db1 {Key} a comment\n");

    [Fact]
    public void Recognizes_a_hashed_name() => Plan(Db, Good + $"{Hashed} {Key}\n");

    [Fact]
    public void Recognizes_a_hashed_name_with_its_port() => Plan(Db with { Port = 2222 }, Good + $"{HashedWithPort} {Key}\n");

    [Fact]
    public void Replaces_an_older_key_and_says_so() => Plan(Db, Good + $"{Hashed} {Other}\n");

    [Fact]
    public void Takes_its_name_from_a_line_with_others() => Plan(Db, Good + $"web1,db1,web2 {Other} two\ndb1 {Other}\n");

    [Fact]
    public void Says_that_a_key_is_revoked() => Plan(Db, Good + $"@revoked * {Key}\n");

    [Fact]
    public void Lets_nobody_else_write_the_file() => Plan(Db, $"home\ndirectory|755|root\nregular file|666|root\n{Digest}db1 {Key}\n");

    [Fact]
    public void Needs_its_user() => Plan(Db, "nouser\n");

    [Fact]
    public void Refuses_what_is_no_name() => Plan(new KnownHost("db1,db2", Key) { Port = 0, Owner = "a:b" }, Files.Absent);

    [Fact]
    public void Refuses_a_line_of_a_known_hosts_file() => Plan(new KnownHost("db1", $"db1 {Key}"), Files.Absent);

    [Fact]
    public void Takes_a_name_out_of_every_line() =>
        Plan(
            new NoKnownHost("db1") { Owner = "deploy" },
            Good + $"# mine\n{Hashed} {Key}\nweb1,db1 {Other} two\n@cert-authority db1 {Key}\ndb1.example.com {Key}\n"
        );

    [Fact]
    public void Wants_nothing_where_the_host_is_not_known() => Plan(new NoKnownHost("db1") { Owner = "deploy" }, Good + $"web1 {Key}\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_file() => Plan(new NoKnownHost("db1"), "absent|absent\nmissing\n");

    [Fact]
    public void Is_not_known_and_unknown_at_once() =>
        Assert.Equal(
            "db1 has a key in ~deploy/.ssh/known_hosts, and db1 has no key in ~deploy/.ssh/known_hosts",
            Claim.Contradiction([Db, new NoKnownHost("db1") { Owner = "deploy" }])?.Words
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<KnownHost>
            {
                LosesOnly = "the key that a name had before, which a note names",
                Bare = [new(new KnownHost("db1", Key)) { IsThere = "ssh-keygen -F db1 -f /etc/ssh/ssh_known_hosts" }],
            },
            new Sample<NoKnownHost>
            {
                LosesOnly = "the keys of a name that it names",
                ForRoot = [new(new NoKnownHost("gone")) { Prepare = $"echo 'gone {Key}' >>/etc/ssh/ssh_known_hosts" }],
            },
        ];
}
