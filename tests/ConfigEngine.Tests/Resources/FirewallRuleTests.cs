using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class FirewallRuleTests : ISamples
{
    const string Enabled = "enabled=yes\nipv6=yes\n";
    const string Ssh = "4 limit tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n6 limit tcp 22 ::/0 any ::/0 in\n";

    static readonly FirewallRule Database = new("5432/tcp") { From = "10.0.0.0/24", Comment = "database" };

    const string DatabaseThere = "4 allow tcp 5432 0.0.0.0/0 any 10.0.0.0/24 in comment=6461746162617365\n";

    [Fact]
    public void Lets_a_network_in() => Plan(Database, Enabled + Ssh);

    [Fact]
    public void Leaves_a_rule_that_is_there() => Plan(Database, Enabled + Ssh + DatabaseThere);

    [Fact]
    public void Changes_what_becomes_of_the_packets_and_keeps_the_comment() =>
        Plan(Database with { Action = "deny", Comment = null }, Enabled + DatabaseThere);

    [Fact]
    public void Changes_a_comment() => Plan(Database with { Comment = "for app1" }, Enabled + DatabaseThere);

    [Fact]
    public void Adds_what_is_missing_for_ipv6() =>
        Plan(new FirewallRule("22/tcp") { Action = "limit" }, Enabled + Ssh.Split('\n')[0] + "\n");

    [Fact]
    public void Is_for_ipv4_alone_where_ufw_is() =>
        Plan(new FirewallRule("22/tcp") { Action = "limit" }, $"enabled=yes\nipv6=no\n{Ssh.Split('\n')[0]}\n");

    [Fact]
    public void Lets_out_through_an_interface() =>
        Plan(
            new FirewallRule("6000:6007/udp")
            {
                From = "2001:db8::/32",
                Direction = "out",
                Interface = "eth1",
            },
            Enabled + Ssh
        );

    [Fact]
    public void Says_that_ufw_is_not_enabled() => Plan(new FirewallRule("53"), "enabled=no\nipv6=yes\n");

    [Fact]
    public void Does_not_mistake_other_rules_for_its_own() =>
        Plan(
            new FirewallRule("any") { From = "10.0.0.7" },
            Enabled
                + "4 allow tcp 80 0.0.0.0/0 any 10.0.0.7 in\n4 allow any any 0.0.0.0/0 any 10.0.0.7 in_eth0\n"
                + "4 allow any any 0.0.0.0/0 any 0.0.0.0/0 Apache - in\n4 route:allow any any 0.0.0.0/0 any 10.0.0.7 in_eth0!out_eth1\n"
                + "4 allow any any 10.0.0.1 any 10.0.0.7 in\n"
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Database, Enabled + "4 allow tcp\n");

    [Fact]
    public void Refuses_what_ufw_does_not_take() =>
        Plan(
            new FirewallRule("80:22/tcp")
            {
                From = "10.0.0.1/24",
                Action = "drop",
                Direction = "both",
                Interface = "eth 0",
                Comment = "it's",
            },
            Enabled
        );

    [Fact]
    public void Refuses_several_ports_without_a_protocol() => Plan(new FirewallRule("80,443"), Enabled);

    [Fact]
    public void Removes_a_rule() => Plan(new NoFirewallRule("22/tcp"), Enabled + Ssh + DatabaseThere);

    [Fact]
    public void Wants_nothing_where_there_is_no_such_rule() => Plan(new NoFirewallRule("23/tcp"), Enabled + Ssh);

    [Fact]
    public void Wants_nothing_where_there_is_no_ufw() => Plan(new NoFirewallRule("23/tcp"), "enabled=no\nipv6=no\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<FirewallRule>
            {
                LosesOnly = "what became of these packets before",
                BareElsewhere = "NetworkTests of the lab: it needs ufw",
                ForRoot = [new(Database)],
            },
            new Sample<NoFirewallRule>
            {
                LosesOnly = "the rule",
                ForAnybody = "where there is no ufw there is nothing to remove; NetworkTests of the lab have it",
            },
        ];
}
