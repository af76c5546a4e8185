using ConfigEngine.Resources;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is written into authorized_keys, read back by ssh-keygen(1), and options as sshd(8) takes them.</summary>
public sealed class KeyFormatTests
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    [ToolFact("ssh-keygen")]
    public void A_line_is_one_key_whatever_its_command_and_comment_are()
    {
        var keys = Tool.Some(Tool.Odd.Two(), 300)
            .Select(odd => new AuthorizedKey("a", $"{Key} {odd.Item1.Trim()}")
            {
                Command = odd.Item2,
                From = ["198.51.100.0/24"],
                Options = ["no-pty", "environment=\"A=b\""],
            })
            .Where(key => !key.Problems.Any())
            .ToList();
        Assert.True(keys.Count > 60, $"only {keys.Count} of 300 are taken at all");

        var lines = keys.Select(Line).ToList();
        var read = Tool.Reads(string.Concat(lines.Select(line => $"{line}\n")), "ssh-keygen", "-lf", "{}").TrimEnd('\n').Split('\n');

        Assert.Equal(keys.Count, read.Length);
        Assert.All(read, line => Assert.StartsWith("256 SHA256:", line));
        Assert.Equal(
            keys.Select(key => $"from=\"198.51.100.0/24\"|command={key.Command}|no-pty|environment=\"A=b\""),
            lines.Select(line =>
                string.Join(
                    '|',
                    Options(line)
                        .Select(option =>
                            option.StartsWith("command=", StringComparison.Ordinal)
                                ? $"command={Dequoted(option["command=".Length..])}"
                                : option
                        )
                )
            )
        );
    }

    [Theory]
    [InlineData("no-pty,permitopen=\"x:1\"")]
    [InlineData("command=\"a\" ssh-rsa")]
    [InlineData("command=\"a\\\"")]
    [InlineData("command=a b")]
    [InlineData("no pty")]
    public void An_option_is_one(string option) => Assert.NotEmpty(new AuthorizedKey("a", Key) { Options = [option] }.Problems);

    [Theory]
    [InlineData("no-pty")]
    [InlineData("environment=\"A=b \\\"c\\\"\"")]
    [InlineData("permitopen=\"host:1,x\"")]
    [InlineData("principals=\"\"")]
    public void Options_as_sshd_has_them_are_taken(string option) =>
        Assert.Empty(new AuthorizedKey("a", Key) { Options = [option] }.Problems);

    [Fact]
    public void A_command_cannot_take_in_the_quote_after_it() =>
        Assert.NotEmpty(new AuthorizedKey("a", Key) { Command = "echo \\" }.Problems);

    static string Line(AuthorizedKey key)
    {
        var draft = key.Compare(key.Read(Output.Of("home\nabsent\nabsent\n")));
        return draft?.Operations[^1].Input?.Text?.TrimEnd('\n') ?? "";
    }

    /// <summary>The options as sshd's auth-options.c parts them: at commas that are not in quotes.</summary>
    static IEnumerable<string> Options(string line)
    {
        var (from, quoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is '\\' && i + 1 < line.Length && line[i + 1] is '"')
                i++;
            else if (line[i] is '"')
                quoted = !quoted;
            else if (line[i] is ',' or ' ' && !quoted)
            {
                yield return line[from..i];
                from = i + 1;
                if (line[i] is ' ')
                    yield break;
            }
        }
    }

    /// <summary>misc.c, opt_dequote: a backslash counts before a double quote only.</summary>
    static string Dequoted(string value) => value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal);
}
