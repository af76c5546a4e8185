using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using static ConfigEngine.Tests.Rendering.Plans;

namespace ConfigEngine.Tests.Rendering;

/// <summary>Which hosts of a plan are shown together, and how much of it is shown.</summary>
public sealed class PlanFoldingTests
{
    [Fact]
    public void Hosts_with_the_same_changes_are_folded_whatever_their_systems() =>
        Snapshot.Verify(
            Text(
                80,
                Host("a", File("/etc/motd", "old\n", "new\n")),
                Host("b", File("/etc/motd", "old\n", "new\n")) with
                {
                    System = "Rocky Linux 9.4",
                },
                Host("c", File("/etc/motd", "old\n", "new\n")) with
                {
                    System = "Debian GNU/Linux 13 (trixie)",
                }
            )
        );

    [Fact]
    public void Hosts_that_differ_in_their_own_name_show_that_part_each() => Snapshot.Verify(Text(80, [.. Named(3)]));

    [Fact]
    public void Of_many_hosts_that_differ_in_their_own_name_some_are_shown()
    {
        var text = Text(80, [.. Named(40)]);

        Assert.StartsWith("node[01-40] (40 hosts)  Debian GNU/Linux 12 (bookworm)\n", text, StringComparison.Ordinal);
        Assert.Contains("      node01: name  localhost → node01\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("node05", text, StringComparison.Ordinal);
        Assert.Contains("… and so on for 36 more hosts, each with its own name; -v shows them\n", text, StringComparison.Ordinal);
        Assert.Contains("node40: name  localhost → node40\n", Verbose([.. Named(40)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "node01  Debian GNU/Linux 12 (bookworm)\n  + directory /srv/node01\n")]
    [InlineData(6, "node[01-06] (6 hosts)  Debian GNU/Linux 12 (bookworm)\n  node01: + directory /srv/node01\n")]
    public void A_few_hosts_with_little_in_common_but_the_pattern_are_shown_apart(int count, string first) =>
        Assert.StartsWith(
            first,
            Text(
                80,
                [
                    .. Named(count)
                        .Select(host =>
                            Host(
                                host.Host,
                                Change(Verb.Create, "directory", $"/srv/{host.Host}"),
                                Change(Verb.Create, "directory", $"/home/{host.Host}"),
                                Change(Verb.Create, "directory", "/opt/all")
                            )
                        ),
                ]
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Hosts_whose_names_are_words_of_other_changes_are_not_folded() =>
        Assert.DoesNotContain(
            "(2 hosts)",
            Text(80, Host("old", File("/etc/motd", "old\n", "new\n")), Host("a", File("/etc/motd", "old\n", "new\n"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("web1 web2 web3 web4", "web1, web2, web3, web4 (4 hosts)")]
    [InlineData("web8 web9 web10 web11 web12", "web[8-12] (5 hosts)")]
    [InlineData("web08 web09 web10 web11 web12 db", "web[08-12], db (6 hosts)")]
    [InlineData("web1 web2 web3 web5 web6 web7", "web1, web2, web3, web5, web6, web7 (6 hosts)")]
    [InlineData("n1.eu n2.eu n3.eu n4.eu n5.eu n6.us", "n[1-5].eu, n6.us (6 hosts)")]
    [InlineData("web1 web02 web3 web4 web5", "web1, web02, web3, web4, web5 (5 hosts)")]
    [InlineData("a b", "a, b (2 hosts)")]
    public void Names_that_are_numbered_one_after_the_other_are_a_range(string names, string shown) =>
        Assert.Equal(shown, HostList.Of(names.Split(' '), 80, null));

    [Fact]
    public void A_sentence_about_the_connection_is_said_once_per_host() => Snapshot.Verify(Text(80, Host("web1", Login("a"), Login("b"))));

    [Fact]
    public void A_summary_is_a_line_per_host() =>
        Snapshot.Verify(Ansi.Plain(PlanText.Render(Site(), new() { Width = 80, Summary = true })));

    [Fact]
    public void Without_diffs_it_is_said_that_contents_change() =>
        Snapshot.Verify(Ansi.Plain(PlanText.Render(Site(), new() { Width = 80, Diff = DiffDetail.None })));

    [Fact]
    public void Full_diffs_have_all_of_a_new_file()
    {
        Plan plan = new([Host("web1", File("/etc/long", null, Lines(60)))]);

        Assert.Contains("40 more lines", Ansi.Plain(PlanText.Render(plan, new())), StringComparison.Ordinal);
        Assert.Contains("+line 60\n", Ansi.Plain(PlanText.Render(plan, new() { Diff = DiffDetail.Full })), StringComparison.Ordinal);
    }

    static IEnumerable<HostPlan> Named(int count) =>
        Enumerable
            .Range(1, count)
            .Select(i => $"node{i:00}")
            .Select(name =>
                Host(
                    name,
                    Change(Verb.Update, "hostname", "of the host", new AttributeChange("name", "localhost", name)),
                    File("/etc/motd", "old\n", "new\n"),
                    File("/etc/app.conf", null, $"name = {name}\nport = 80\n")
                )
            );

    static Change Login(string user) =>
        Change(Verb.Create, "user", user, new AttributeChange("shell", null, "/bin/sh")) with
        {
            Effects =
            [
                new(EffectKind.MayCutConnection, $"user {user}")
                {
                    Detail = "changes login access: rolled back automatically unless cfg can reconnect",
                },
            ],
        };
}
