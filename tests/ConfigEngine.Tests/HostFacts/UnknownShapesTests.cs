namespace ConfigEngine.Tests;

public sealed class UnknownShapesTests
{
    public static TheoryData<string> Recordings => Recording.All;

    static void ParsesOrSaysWhy(string answer)
    {
        try
        {
            Facts.Parse(answer);
        }
        catch (FactsUnreadableException error)
        {
            Assert.StartsWith($"cannot read the host's facts: {error.Section}: ", error.Message, StringComparison.Ordinal);
            Assert.InRange(error.Message.Length, 20, 500);
        }
    }

    [Theory]
    [InlineData("debian-12-without-init")]
    [InlineData("alpine-3.20-written")]
    public void Every_truncation_says_that_it_is_one(string recording)
    {
        var text = Recording.Text(recording);
        // Without the last line feed it is still whole.
        for (var length = 0; length < text.Length - 1; length++)
            Assert.Throws<FactsUnreadableException>(() => Facts.Parse(text[..length]));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_lost_line_parses_or_says_why(string recording)
    {
        var lines = Recording.Text(recording).Split('\n');
        for (var lost = 0; lost < lines.Length; lost++)
            ParsesOrSaysWhy(string.Join('\n', lines.Where((_, i) => i != lost)));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_damaged_line_parses_or_says_why(string recording)
    {
        var text = Recording.Text(recording);
        Random random = new(7);
        string[] garbage =
        [
            "\0",
            "\n",
            " ",
            "=",
            ":",
            "-",
            "99999999999999999999",
            "\u00e9",
            "/",
            ",",
            "<",
            "\\",
            "\\777",
            "0x",
            "\ud800",
        ];
        for (var round = 0; round < 500; round++)
        {
            var at = random.Next(text.Length);
            var to = Math.Min(text.Length, at + random.Next(0, 12));
            ParsesOrSaysWhy(text[..at] + garbage[random.Next(garbage.Length)] + text[to..]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("sh: 1: Syntax error: Unterminated quoted string")]
    [InlineData("Welcome to db1!\ncfg-facts 1 0123456789\n\n0123456789 end\n")]
    [InlineData("cfg-facts 2 0123456789\n\n0123456789 end\n")]
    [InlineData("cfg-facts 1 \n\n end\n")]
    public void What_is_no_answer_is_shown_by_its_first_line(string output)
    {
        var error = Assert.Throws<FactsUnreadableException>(() => Facts.Parse(output));
        Assert.Equal("greeting", error.Section);
        Assert.Contains(output.Split('\n')[0], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mounts", "proc /proc proc rw 0 0\n", "proc /proc proc rw 0 0")]
    [InlineData("mounts", "", "is /proc mounted there?")]
    [InlineData("meminfo", "MemTotal: lots kB\n", "MemTotal: lots kB")]
    [InlineData("meminfo", "MemFree: 1 kB\n", "MemTotal")]
    [InlineData("meminfo", "MemTotal: 99999999999999999 kB\n", "a size")]
    [InlineData("system", "uname=FreeBSD 14.1-RELEASE amd64\n", "cfg configures Linux hosts")]
    [InlineData("system", "uptime 12\n", "uptime 12")]
    [InlineData("system", "uname=Linux 6.1 x86_64\nuptime=1 1\nhostname=a\n", "it does not say uid")]
    [InlineData("os-release", "<html>\n", "<html>")]
    [InlineData("virtualization", "cloud=yes\n", "cloud=yes")]
    [InlineData("block", "size=1\n", "size=1")]
    [InlineData("block", "device=sda\nsize=big\n", "big")]
    [InlineData("addresses", "eth0      Link encap:Ethernet\n", "Link encap:Ethernet")]
    [InlineData("addresses", "1: lo: <UP> mtu 65536\n    inet 300.0.0.1/8 scope host lo\n", "300.0.0.1")]
    [InlineData("routes4", "Kernel IP routing table\n", "Kernel IP routing table")]
    [InlineData("passwd", "\u001b[31mno users\u001b[0m\n", "\\x1b[31mno users")]
    [InlineData("security", "enforce=2\n", "enforce=2")]
    [InlineData("reboot", "kernel-package-time=soon\nnow=1\n", "")]
    [InlineData("tools", "git\n", "git")]
    public void A_line_of_an_unknown_shape_is_named_with_its_section(string section, string text, string shown)
    {
        var recording = section is "reboot" ? "ubuntu-24.04-written" : "debian-12";
        var error = Assert.Throws<FactsUnreadableException>(() => Facts.Parse(Recording.With(section, text, recording)));
        Assert.Equal(section, error.Section);
        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_is_not_known_is_an_error()
    {
        var error = Assert.Throws<FactsUnreadableException>(() => Facts.Parse(Recording.Replacing(" security\n", " weather\n")));
        Assert.Equal("weather", error.Section);
    }

    [Fact]
    public void A_section_that_comes_twice_is_an_error() =>
        Assert.Throws<FactsUnreadableException>(() => Facts.Parse(Recording.Replacing(" group files\n", " passwd files\n")));

    [Fact]
    public void A_file_that_could_not_be_read_is_a_finding()
    {
        var text = Recording.Text("debian-12");
        var boundary = text[..text.IndexOf('\n')].Split(' ')[^1];
        var facts = Facts.Parse(
            Recording.Replacing($"\n{boundary} virtualization", $"\n{boundary} os-release unreadable\n\n{boundary} virtualization")
        );
        Assert.Equal(["os-release could not be read"], facts.Findings);
        Assert.Equal(("linux", "Linux"), (facts.Distribution.Id, facts.Distribution.PrettyName));
    }

    [Fact]
    public void What_is_not_UTF_8_is_a_finding()
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(Recording.With("passwd", "root:x:0:0:J\u00f6rg:/root:/bin/bash\n"));
        var facts = Facts.Parse(bytes);
        Assert.Equal("J\uFFFDrg", Assert.Single(facts.Users).Gecos);
        Assert.Equal(["passwd is not all UTF-8: the rest shows as \uFFFD"], facts.Findings);
    }

    [Fact]
    public void A_strange_line_in_a_file_that_people_edit_is_a_finding()
    {
        var facts = Facts.Parse(Recording.With("passwd", "root:x:0:0:root:/root:/bin/bash\nbroken line\n"));
        Assert.Equal(["/etc/passwd has a line that is not an entry: \"broken line\""], facts.Findings);
        Assert.Single(facts.Users);
    }

    [Fact]
    public void Quotes_and_escapes_of_os_release_are_a_shells()
    {
        var facts = Facts.Parse(
            Recording.With(
                "os-release",
                "# comment\n\nID='my linux'\nPRETTY_NAME=\"Tom\\'s \\\"own\\\" \\$ystem\"\nVERSION_ID=\"\"\nID_LIKE=\"debian  rhel\"\n"
            )
        );
        Assert.Equal(
            ("my linux", "Tom's \"own\" $ystem", null),
            (facts.Distribution.Id, facts.Distribution.PrettyName, facts.Distribution.VersionId)
        );
        Assert.Equal(["debian", "rhel"], facts.Distribution.IdLike);
        Assert.Equal(DistributionFamily.Debian, facts.Distribution.Family);
    }

    [Fact]
    public void Sections_that_say_nothing_leave_documented_defaults()
    {
        const string b = "0123456789";
        var facts = Facts.Parse(
            $"cfg-facts 1 {b}\n\n{b} mounts\n22 1 0:1 / / rw - ext4 /dev/vda rw\n\n{b} meminfo\nMemTotal: 1024 kB\n\n{b} system\n"
                + $"uname=Linux 6.1 x86_64\nhostname=h\nuptime=1.5 1\ncpus=1\nuid=0\n\n{b} end\n"
        );
        Assert.Equal(("linux", "UTC", "h", null), (facts.Distribution.Id, facts.TimeZone, facts.Fqdn, facts.BootId));
        Assert.Equal((InitKind.Unknown, PackageManager.None), (facts.Init.Kind, facts.PackageManager));
        Assert.Empty(facts.Users);
        Assert.Empty(facts.Interfaces);
        Assert.Null(facts.RunningAs.User);
        Assert.Equal(TimeSpan.FromSeconds(1.5), facts.Uptime);
    }
}
