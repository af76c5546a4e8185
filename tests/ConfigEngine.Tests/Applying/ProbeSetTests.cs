using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Tests.HostShell;

namespace ConfigEngine.Tests.Applying;

/// <summary>
/// Probes that are asked together get the answers that they get alone. Through real shells, on this machine, as the user who is there
/// already.
/// </summary>
public sealed class ProbeSetTests : IDisposable
{
    readonly string place = System.IO.Directory.CreateTempSubdirectory("cfg-set-").FullName;

    public void Dispose() => System.IO.Directory.Delete(place, recursive: true);

    [ToolFact("dash", "busybox")]
    public void Each_gets_the_answer_that_it_gets_alone()
    {
        Make(
            """
            umask 022; mkdir a 'sp ace' open; echo hi >a/file; : >a/empty; printf 'a\n\nb\n\n' >a/lines; head -c 3000 /dev/urandom >a/bytes
            ln -s a/file link; ln -s nowhere dangling; ln -s 'x y' 'sp ace/link'; ln -s 'x
            y' broken; mkfifo pipe; echo x >'sp ace/a file'; chmod 777 open; echo o >open/file; ln -s a alias
            ln a/file a/other; chmod 4755 a/bytes
            """
        );
        IReadOnlyList<Shell> questions =
        [
            .. (
                (string[])
                    [
                        "a/file",
                        "a/empty",
                        "a/lines",
                        "a/bytes",
                        "a/other",
                        "a",
                        "link",
                        "dangling",
                        "sp ace/link",
                        "broken",
                        "pipe",
                        "sp ace/a file",
                        "open/file",
                        "open/none",
                        "alias/file",
                        "none",
                        "none/none/none",
                        "a/file/none",
                    ]
            ).SelectMany(name =>
                (Shell[])
                    [
                        $"cfg_path {At(name)} - 4096 root root",
                        $"cfg_path {At(name)} {Digest("hi\n")} 4096 {""} {""}",
                        $"cfg_path {At(name)} {"?"} {-1} nosuchuser nosuchgroup",
                        $"cfg_path {At(name)} - 2 0 0",
                        $"cfg_path {At(name)} - 0 {""} {""} goes",
                    ]
            ),
            $"cfg_path / - 4096 root root",
            $"cfg_path /proc/version - 4096 root root",
            $"cfg_path /etc/passwd - 1048576 root root",
            $"cfg_path /etc/shadow - 0 root root",
            $"cfg_is_user root",
            $"cfg_is_user nosuchuser\ncfg_path {At("a/file")} - 4096 root root",
            $"cfg_path {At("a/file")} - 4096 root root\ncfg_path {At("a/lines")} - 4096 root root",
            $"cfg_path {At("a/file")} - 0 root root\ncfg_path {At("a/lines")} - 4096 root root",
            $"cfg_needs sh\ncfg_path {At("a/file")} - 4096 root root",
            $"cfg_needs cfg-no-such-tool\ncfg_path {At("a/file")} - 4096 root root",
            $"cfg_needs_any cfg-no-such-tool sh\ncfg_path {At("link")} - 4096 root root",
            $"cfg_with_directory cfg_path {At("none/none")} - 4096 root root",
            $"cfg_with_directory cfg_path {At("a/file")} - 4096 root root",
            $"echo loaded=unasked\ncfg_path {At("a/file")} - 4096 root root",
        ];

        foreach (var shell in SmallShells.All)
        {
            var together = Together(shell, questions);
            foreach (var question in questions)
            {
                var (alone, set) = (Run(shell, $"{Library.Text}\n{Mounted}\n( {question.Text}\n)"), together[Of(question)]);
                Assert.True(
                    (alone.Exit, Text(alone.Stdout), Text(alone.Stderr)) == (set.Exit, Text(set.Stdout), Text(set.Stderr)),
                    $"{string.Join(' ', shell)}: {question}\nalone {alone.Exit}: {Text(alone.Stdout)}{alone.Error}\n"
                        + $"set {set.Exit}: {Text(set.Stdout)}{set.Error}"
                );
            }
        }
    }

    /// <summary>A mount that is gone, a device that does not answer: what it holds up is named, and all the rest is answered.</summary>
    [ToolFact("dash")]
    public void What_does_not_answer_is_named_and_the_rest_is_answered()
    {
        Make("mkdir fine gone; echo fine >fine/file; echo gone >gone/file");
        Tool("stat", "case \" $* \" in *\" $place/gone/file \"*) sleep 100;; *) exec \"$real\" \"$@\";; esac");

        var (fine, gone, no) = (
            (Shell)$"cfg_path {At("fine/file")} - 9 0 0",
            (Shell)$"cfg_path {At("gone/file")} - 9 0 0",
            (Shell)$"cfg_path {At("no")} - 9 0 0"
        );

        var answers = Together(["dash"], [fine, gone, no]);

        Assert.EndsWith("missing\nfine\n", answers[Of(fine)].Text, StringComparison.Ordinal);
        Assert.StartsWith($"{At("gone/file")} does not answer", answers[Of(gone)].Error, StringComparison.Ordinal);
        Assert.Equal(1, answers[Of(gone)].Exit);
        Assert.StartsWith("absent|directory", answers[Of(no)].Text, StringComparison.Ordinal);
    }

    /// <summary>What was read is not what was looked at: no answer is given that was never true.</summary>
    [ToolFact("dash")]
    public void A_file_that_changes_while_it_is_read_is_asked_for_alone()
    {
        Make("echo one >one; echo two >two; echo three >three");
        Tool("cat", "case \" $* \" in *\" $place/two \"*) echo changed >\"$place/two\";; esac; exec \"$real\" \"$@\"");

        var answers = Together(["dash"], [.. Names("one", "two", "three")]);

        Assert.EndsWith("missing\none\n", answers[Of(Names("one").Single())].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(Names("two").Single()), answers);
    }

    [ToolFact("dash")]
    public void A_file_that_is_exchanged_before_it_is_read_is_looked_at_again()
    {
        Make("echo one >one; echo two >two");
        Tool(
            "sha256sum",
            "case \" $* \" in *\" $place/two \"*) echo other >$place/new; mv $place/new $place/two;; esac; exec \"$real\" \"$@\""
        );

        var answers = Together(["dash"], [.. Names("one", "two")]);

        Assert.EndsWith($"|6|{Digest("other\n")}\nmissing\nother\n", answers[Of(Names("two").Single())].Text, StringComparison.Ordinal);
    }

    /// <summary>The timer of a look goes with the look, also where it had only just begun.</summary>
    [ToolFact("dash", "busybox")]
    public void Nothing_is_left_of_a_look_that_ended()
    {
        foreach (var shell in SmallShells.All)
        {
            var seconds = Random.Shared.Next(10_000, 1_000_000);
            Run(shell, $"{Library.Text}\ni=0\nwhile [ $i -lt 300 ]; do cfg_limited {seconds} :; i=$((i + 1)); done");
            var left = System
                .IO.Directory.EnumerateDirectories("/proc")
                .Select(process => Path.Combine(process, "cmdline"))
                .Where(file => System.IO.File.Exists(file) && CommandOf(file).Contains($"sleep\0{seconds}", StringComparison.Ordinal));

            Assert.Empty(left);
        }

        static string CommandOf(string file)
        {
            try
            {
                return System.IO.File.ReadAllText(file);
            }
            catch (IOException)
            {
                // The process has ended.
                return "";
            }
        }
    }

    [Fact]
    public void Nothing_is_taken_for_an_answer_that_is_none()
    {
        var (set, one, two) = Pair();

        Assert.Empty(set.Split(Output.Of("")));
        Assert.Empty(set.Split(Output.Of("text\ncfg0 1 0\n")));
        Assert.Equal([one], set.Split(Marked(set, "text\nM 1 0\n", "")).Keys);
        Assert.Empty(set.Split(Marked(set, "text\nM 3 0\n\nM x 0\n\nM 1\n\nM 2 0", "")).Keys);
        Assert.Empty(set.Split(Marked(set, "text\nM 1 1\n", "")).Keys);
        Assert.Equal([two], set.Split(Marked(set, "\nM 2 1\n", "why\nM 2\n")).Keys);
        Assert.Equal("why", set.Split(Marked(set, "\nM 2 1\n", "why\nM 2\n"))[two].Error);
        Assert.Empty(set.Split(Marked(set, $"head\nM 1 0 5 {Digest("other")}\ntext.\nM 0 0\n", "")).Keys);
        Assert.Equal("headtext.", set.Split(Marked(set, $"head\nM 1 0 5 {Digest("text.")}\ntext.\nM 0 0\n", ""))[one].Text);
        Assert.Empty(set.Split(Marked(set, $"head\nM 1 0 5 {Digest("text.")}\ntext\nM 0 0\n", "")).Keys);
    }

    [Fact]
    public void Where_there_is_no_such_user_each_answer_says_so()
    {
        var requests = Names("one", "two").Select(question => Of(question) with { As = "nosuchuser" }).ToList();
        var set = Assert.Single(ProbeSet.Of(requests).Sets);

        Assert.All(set.Split(new(ProbeRequest.UserMissing, default, default)).Values, answer => Assert.Equal(121, answer.Exit));
        Assert.StartsWith("cfg_as nosuchuser ", set.Request.Script, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_user_has_a_set_and_so_have_more_than_a_process_can_be_given()
    {
        var (sets, alone) = ProbeSet.Of([
            .. Enumerable.Range(0, ProbeSet.Most + 1).Select(i => Of($"cfg_path /srv/{i} - 0 0 0")),
            Of($"cfg_path /srv/a - 0 0 0") with
            {
                As = "deploy",
            },
            Of($"sleep 1"),
        ]);

        Assert.Equal(3, sets.Count);
        Assert.Equal([Of($"sleep 1")], alone);
    }

    (ProbeSet Set, ProbeRequest One, ProbeRequest Two) Pair()
    {
        var requests = Names("one", "two").Select(Of).ToList();
        return (Assert.Single(ProbeSet.Of(requests).Sets), requests[0], requests[1]);
    }

    /// <summary>An answer with the set's own mark in the place of M.</summary>
    static Output Marked(ProbeSet set, string stdout, string stderr)
    {
        var mark = set.Request.Script.Split('\n')[0].Split(' ')[1];
        return new(0, Bytes(stdout), Bytes(stderr));
        ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace("\nM ", $"\n{mark} ", StringComparison.Ordinal));
    }

    static string Mounted => "cfg_mounted=$(cat /proc/self/mountinfo)";

    static ProbeRequest Of(Shell question) => new(question, null, null);

    IEnumerable<Shell> Names(params IEnumerable<string> names) => names.Select(name => (Shell)$"cfg_path {At(name)} - 4096 root root");

    string At(string name) => $"{place}/{name}";

    void Make(string script) => Run(["sh"], $"cd {Shell.Quote(place)} || exit\n{script}");

    /// <summary>Puts another program in the place of a tool; <c>$real</c> is the tool itself.</summary>
    void Tool(string name, string script)
    {
        System.IO.Directory.CreateDirectory(At("bin"));
        Make(
            $"""
            cat >bin/{name} <<'END'
            #!/bin/sh
            real=$(PATH=/usr/bin:/bin command -v {name}) place={place}
            {script}
            END
            chmod 755 bin/{name}
            """
        );
    }

    Dictionary<ProbeRequest, Output> Together(IReadOnlyList<string> shell, IReadOnlyList<Shell> questions)
    {
        var (sets, alone) = ProbeSet.Of([.. questions.Select(Of)]);
        Assert.Empty(alone);
        var set = Assert.Single(sets);
        return set.Split(Run(shell, $"{Library.Text}\ncfg_patience=2\n{Mounted}\n( {set.Request.Script}\n)")).ToDictionary();
    }

    Output Run(IReadOnlyList<string> shell, string script) => SmallShells.Run(shell, script, At("bin"));

    static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Text(ReadOnlyMemory<byte> bytes) =>
        Convert.ToHexString(bytes.Span) is { Length: > 0 } hex ? $"{Encoding.UTF8.GetString(bytes.Span)} {hex}" : "";
}
