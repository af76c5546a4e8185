using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using static ConfigEngine.Tests.Rendering.Plans;

namespace ConfigEngine.Tests.Rendering;

public sealed class PlanTextTests
{
    [Fact]
    public void Shows_a_whole_site() => Snapshot.Verify(Ansi.Plain(PlanText.Render(Site(), new() { Width = 80 })));

    [Fact]
    public void Shows_operations_and_places_when_verbose() =>
        Snapshot.Verify(Ansi.Plain(PlanText.Render(Site(), new() { Width = 120, Verbose = true })));

    [Fact]
    public void Colours_are_the_same_text_with_codes()
    {
        var lines = PlanText.Render(Site(), new() { Width = 80 });
        var coloured = Ansi.Coloured(lines);
        Assert.Contains("\e[32m+ \e[0m\e[1mpackage nginx\e[0m", coloured);
        var bare = System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", "");
        Assert.Equal(Ansi.Plain(lines), string.Join('\n', bare.Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public void Nothing_to_do_is_one_line() => Snapshot.Verify(Text(80, Host("web1"), Host("web2")));

    [Fact]
    public void No_hosts_is_said() => Snapshot.Verify(Text(80));

    [Fact]
    public void A_thousand_hosts_alike_are_one() =>
        Snapshot.Verify(Text(80, [.. Enumerable.Range(1, 1000).Select(i => Host($"web{i}", File("/etc/motd", "old\n", "new\n")))]));

    [Fact]
    public void The_time_for_ten_thousand_hosts_grows_with_their_number_and_not_with_its_square()
    {
        var (before, after) = (Lines(200), Lines(200, i => i % 50 == 0 ? "changed" : null));
        Render(100);
        var (few, many) = (Least(1000), Least(10_000));
        Assert.True(many < few * 50, $"1,000 hosts took {few}, 10,000 took {many}");

        // The least of several: garbage is collected in some of them.
        TimeSpan Least(int hosts) => Enumerable.Range(0, 3).Min(_ => Render(hosts));

        TimeSpan Render(int hosts) =>
            ProcessorTime.Of(() => Text(80, [.. Enumerable.Range(1, hosts).Select(i => Host($"web{i}", File("/etc/c", before, after)))]));
    }

    [Fact]
    public void Hosts_that_fail_alike_are_folded() =>
        Snapshot.Verify(
            Text(
                80,
                Failed("a", new HostUnreachableException("a", "no answer on port 22 within 10 s")),
                Failed("b", new HostUnreachableException("b", "no answer on port 22 within 10 s")),
                Failed(
                    "web1",
                    new HostUnreachableException(
                        "web1",
                        "permission denied for web10",
                        "Try ssh web1; web1.example.com is something else."
                    )
                ),
                Failed(
                    "web2",
                    new HostUnreachableException(
                        "web2",
                        "permission denied for web10",
                        "Try ssh web2; web1.example.com is something else."
                    )
                ),
                Host("c", File("/etc/motd", "old\n", "new\n"))
            )
        );

    [Fact]
    public void A_long_new_file_is_shown_by_its_beginning() => Snapshot.Verify(Text(80, Host("a", File("/etc/big", null, Lines(400)))));

    [Fact]
    public void A_long_new_file_is_whole_when_verbose() =>
        Assert.Contains("+line 400\n", Verbose(Host("a", File("/etc/big", null, Lines(400)))));

    [Fact]
    public void Of_a_long_line_the_beginning_is_shown() =>
        Snapshot.Verify(
            Text(
                null,
                Host(
                    "a",
                    File("/etc/new", null, new string('x', 3_000_000)),
                    File("/etc/changed", $"{new string('a', 1100)}b\n", $"{new string('a', 999)}\U0001F600{new string('a', 100)}c\n")
                )
            )
        );

    [Fact]
    public void A_long_line_is_whole_when_verbose() =>
        Assert.Equal(3000, Verbose(Host("a", File("/etc/new", null, new string('\u00e9', 3000) + "\n"))).Count(c => c is '\u00e9'));

    [Fact]
    public void A_line_of_a_file_goes_on_below_itself_and_loses_nothing()
    {
        var line = string.Join("  ", Enumerable.Range(100, 60));
        var text = Text(40, Host("a", File("/etc/new", null, $"{line}\n"), File("/etc/wide", "b\n", $"b\n{new string('\u6f22', 60)}\n")));
        Assert.DoesNotContain(text.Split('\n'), shown => Cells.Of(shown) > 40);
        Assert.Equal(60, text.Count(c => c is '\u6f22'));
        var lines = text.Split('\n').SkipWhile(shown => !shown.Contains("+100", StringComparison.Ordinal)).ToList();
        Assert.Equal("        +100  101  102  103  104  105  1", lines[0]);
        Assert.Equal("            06  107  108  109  110  111", lines[1]);
    }

    [Fact]
    public void Hunks_keep_three_lines_of_context() =>
        Snapshot.Verify(
            Text(
                80,
                Host(
                    "a",
                    File(
                        "/etc/c",
                        Lines(60),
                        Lines(
                            60,
                            i =>
                                i is 3 or 8 or 30 ? $"LINE {i}"
                                : i is 59 ? "line 59\ninserted"
                                : null
                        )
                    )
                )
            )
        );

    [Fact]
    public void A_missing_line_end_is_shown() =>
        Snapshot.Verify(Text(80, Host("a", File("/etc/c", "one\ntwo", "one\ntwo\n"), File("/etc/d", null, "no end"))));

    [Fact]
    public void An_emptied_file_is_shown() => Snapshot.Verify(Text(80, Host("a", File("/etc/c", "one\n", ""), File("/etc/d", null, ""))));

    [Fact]
    public void Binary_content_is_sizes_and_digests() =>
        Snapshot.Verify(
            Text(
                80,
                Host(
                    "a",
                    File("/bin/x", new byte[] { 1, 0, 2 }, new byte[] { 3, 0, 4, 5 }),
                    File("/bin/y", "text\n", new byte[] { 0xff, 0xfe }),
                    File("/bin/z", null, new byte[] { 0 })
                )
            )
        );

    [Fact]
    public void Content_that_was_not_fetched_is_its_size() =>
        Snapshot.Verify(Text(80, Host("a", File("/var/big", new Content(5_000_000, new string('a', 64)), "small\n"))));

    [Fact]
    public void Removal_shows_what_goes() =>
        Snapshot.Verify(Text(80, Host("a", Change(Verb.Remove, "no-path", "/etc/old", new AttributeChange("type", "file", null)))));

    [Fact]
    public void Values_are_shown_by_their_type() =>
        Snapshot.Verify(
            Text(
                80,
                Host(
                    "a",
                    Change(
                        Verb.Update,
                        "thing",
                        "x",
                        new AttributeChange("bool", false, true),
                        new("number", 1, 20),
                        new("text", "a b", "a \"quoted\" b"),
                        new("none", null, "now"),
                        new("list", "a b".Split(), "a c".Split()),
                        new("duration", TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(2)),
                        new("secret", null, new Secret("environment DB_PASSWORD", () => "hunter2"))
                    )
                )
            )
        );

    [Fact]
    public void Long_values_are_wrapped_and_never_cut() =>
        Snapshot.Verify(
            Text(
                60,
                Host(
                    "a",
                    Change(
                        Verb.Update,
                        "thing",
                        "x",
                        new AttributeChange(
                            "options",
                            string.Join(',', Enumerable.Range(1, 20)),
                            string.Join(',', Enumerable.Range(1, 21))
                        ),
                        new(
                            "members",
                            Enumerable.Range(1, 20).Select(i => $"user{i}").ToArray(),
                            Enumerable.Range(3, 20).Select(i => $"user{i}").ToArray()
                        )
                    )
                )
            )
        );

    [Fact]
    public void Handlers_say_why_and_whether_they_are_sure() =>
        Snapshot.Verify(
            Text(
                80,
                Host(
                    "a",
                    [
                        .. Enumerable
                            .Range(1, 5)
                            .Select(i => File($"/etc/nginx/{i}.conf", "a\n", "b\n") with { Notifies = ["restart nginx.service"] }),
                        File("/etc/x", "a\n", "b\n") with
                        {
                            Notifies = ["restart x.service"],
                            Certainty = Certainty.Predicted,
                            Because = "after package x",
                        },
                    ]
                )
            )
        );

    [Fact]
    public void What_cuts_connections_is_said_at_the_end() =>
        Snapshot.Verify(Text(80, Host("gw", Change(Verb.Run, "reboot", "gw") with { Effects = [new(EffectKind.Reboots, "host")] })));

    [Fact]
    public void A_hostile_host_cannot_speak_to_the_terminal()
    {
        const string Evil = "\e]0;owned\a\e[2J\u009b31m\u202etxt.exe\u2028";
        var text = Text(
            80,
            Host(
                Evil,
                File($"/tmp/{Evil}", $"{Evil}\r\n", $"{Evil}!\n", new AttributeChange("owner", Evil, "root")) with
                {
                    Notes = [Evil],
                    Because = Evil,
                    Certainty = Certainty.Unknown,
                    Notifies = [$"restart {Evil}"],
                }
            ),
            Failed("b", new HostUnreachableException("b", Evil))
        );
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n');
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain('\u2028', text);
        Snapshot.Verify(text);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_but_a_diff_is_wider_than_the_terminal(int width)
    {
        var text = Ansi.Plain(PlanText.Render(Site(), new() { Width = width, Verbose = false }));
        Assert.DoesNotContain(text.Split('\n'), line => Cells.Of(line) > width && !line.TrimStart().StartsWith('+'));
    }
}
