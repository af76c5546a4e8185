using System.Diagnostics;
using System.Text;
using FsCheck.Fluent;

namespace ConfigEngine.Tests;

/// <summary>What goes into a snippet comes out of a real shell as it was, whatever it is.</summary>
public sealed class ShellTests
{
    static readonly string[] Nasty =
    [
        "",
        " ",
        "-rf",
        "--",
        "a b",
        "it's",
        "\"",
        "$HOME",
        "`id`",
        "$(id)",
        "a\nb",
        "\n",
        "\\",
        "\\n",
        "*",
        "~",
        "!x",
        "#",
        ";",
        "&",
        "|",
        ">x",
        "ü",
        "日本",
        "\t",
        "'; rm -rf / #",
        "'\\''",
        "%s",
        "\u0001",
        "\u007f",
        "a\r",
        "{a,b}",
        "=",
        "x=y",
    ];

    [Fact]
    public void Any_value_is_one_word_with_the_same_bytes_in_a_real_shell()
    {
        var random = Gen.Sample(
            ArbMap
                .Default.GeneratorFor<string>()
                .Where(value => value is not null && !value.Contains('\0') && value.All(c => !char.IsSurrogate(c))),
            300
        );
        string[] values = [.. Nasty, .. random];

        var printed = Run(
            values.Select(value =>
            {
                Shell line = $"printf '%s\\0' {value}\n";
                return line.Text;
            })
        );

        Assert.Equal(values, printed);
    }

    [Fact]
    public void A_script_within_a_script_within_a_script_is_still_the_same()
    {
        var printed = Run(
            Nasty.Select(value =>
            {
                Shell inner = $"printf '%s\\0' {value}";
                Shell middle = $"eval {inner.Text}";
                Shell outer = $"sh -c {middle.Text}\n";
                return outer.Text;
            })
        );

        Assert.Equal(Nasty, printed);
    }

    [Fact]
    public void Safe_words_stay_readable_and_others_are_quoted()
    {
        Shell script = $"chown {"root; rm -rf /"} -- {"/etc/motd"} {(string[])["a", "b c"]} {(Mode)"0644"} {42}";

        Assert.Equal("chown 'root; rm -rf /' -- /etc/motd a 'b c' 0644 42", script.Text);
    }

    [Fact]
    public void A_NUL_is_refused_because_no_argument_can_carry_it() => Assert.Throws<ArgumentException>(() => Shell.Quote("a\0b"));

    static string[] Run(IEnumerable<string> lines)
    {
        using var sh =
            Process.Start(new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("no sh");
        var output = Task.Run(() =>
        {
            using MemoryStream bytes = new();
            sh.StandardOutput.BaseStream.CopyTo(bytes);
            return Encoding.UTF8.GetString(bytes.ToArray());
        });
        sh.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(string.Concat(lines)));
        sh.StandardInput.Close();
        return output.Result.Split('\0')[..^1];
    }
}
