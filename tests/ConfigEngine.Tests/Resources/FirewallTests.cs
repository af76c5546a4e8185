using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class FirewallTests : ISamples
{
    static readonly Firewall Host = new("host")
    {
        Rules = """
            chain input {
                type filter hook input priority filter; policy drop;
                ct state established,related accept
                tcp dport 22 accept comment "not a } of the table"
            }

            """,
    };

    static string Answer(string loaded, string file, string included = "yes", string enabled = "yes") =>
        $"loaded={loaded}\nincluded={included}\nenabled={enabled}\nfile\n{file}";

    static string Text(Firewall table) =>
        table.Compare(new(null)) is { After.State: Firewall.State { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    [Fact]
    public void Makes_a_table() => Plan(Host, Answer("absent", Files.Absent));

    [Fact]
    public void Leaves_a_table_that_is_as_wanted() => Plan(Host, Answer("yes", Files.Text(Text(Host))));

    [Fact]
    public void Changes_a_table_in_one_step() =>
        Plan(Host, Answer("yes", Files.Text(Text(Host).Replace("22", "2222", StringComparison.Ordinal))));

    [Fact]
    public void Loads_a_table_that_somebody_changed_in_the_kernel() => Plan(Host, Answer("no", Files.Text(Text(Host))));

    [Fact]
    public void Says_that_a_table_of_somebody_else_is_lost() => Plan(Host, Answer("no", Files.Absent));

    [Fact]
    public void Repairs_owners_and_modes() => Plan(Host, Answer("yes", Files.Text(Text(Host), "666", "app", "app")));

    [Fact]
    public void Needs_to_be_loaded_at_boot() => Plan(Host, Answer("absent", Files.Absent, "no", "no"));

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Host, Answer("perhaps", Files.Absent));

    [Fact]
    public void Refuses_what_is_not_the_inside_of_a_table() =>
        Plan(new Firewall("1st table") { Family = "ipv4", Rules = "} table inet other {" }, Answer("absent", Files.Absent));

    [Fact]
    public void Refuses_a_brace_that_is_not_closed_and_no_rules_at_all()
    {
        Assert.Equal(["its Rules have a { that is not closed"], new Firewall("host") { Rules = "chain input { # }\n" }.Problems);
        Assert.Equal(["its Rules are empty; to take the table away, use new NoFirewall"], new Firewall("host") { Rules = " " }.Problems);
    }

    [Fact]
    public void Removes_a_table() => Plan(new NoFirewall("host"), "live=yes\nfile\n" + Files.Text("table inet host {}\n"));

    [Fact]
    public void Removes_a_table_that_has_no_file() => Plan(new NoFirewall("nat") { Family = "ip" }, $"live=yes\nfile\n{Files.Absent}");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_table() => Plan(new NoFirewall("host"), $"live=\nfile\n{Files.Absent}");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Firewall>
            {
                Losses =
                [
                    new(
                        Host,
                        Answer("no", Files.Absent),
                        "Discards the table inet host that the kernel has, and that is in no file of cfg's"
                    ),
                ],
                BareElsewhere = "NetworkTests of the lab: it needs nftables",
                ForRoot = [new(Host)],
            },
            new Sample<NoFirewall>
            {
                LosesOnly = "the table",
                ForRoot = [new(new NoFirewall("other")) { Prepare = "mkdir -p /etc/nftables.d; echo >/etc/nftables.d/inet-other.nft" }],
            },
        ];
}
