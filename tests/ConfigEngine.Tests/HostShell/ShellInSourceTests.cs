using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Tests;

/// <summary>
/// What runs in a shell and decides something is a file of its own, which <see cref="ScriptFilesTests"/> checks. C# puts together only
/// calls of what is defined there, and commands.
/// </summary>
public sealed partial class ShellInSourceTests
{
    [Fact]
    public void No_text_in_the_sources_holds_logic_of_a_shell() =>
        Assert.Empty(
            Repository
                .Nodes<ExpressionSyntax>("src")
                .Select(one => (one.Place, Text: Text(one.Node)))
                .Where(one => one.Text is { } text && Logic().IsMatch(text))
                .Select(one => $"{one.Place}: {one.Text?.Trim()}")
        );

    [Theory]
    [InlineData("""x = $"if [ -e {path} ]; then echo yes; else echo no; fi";""")]
    [InlineData("""x = $"{script}if {guard}\nthen exit; fi\n";""")]
    [InlineData("""x = $"for each in {paths}; do rm {path}; done";""")]
    [InlineData("""x = $"while :; do {act}\n";""")]
    [InlineData("""x = "case $x in a) echo;; esac";""")]
    [InlineData("""x = $"cfg_failed() {{ exit {code}; }}";""")]
    [InlineData("""x = $"command -v {tool} || {{ echo {tool}; exit 1; }}";""")]
    [InlineData("""x = "trap 'rm -f $x' EXIT; cat";""")]
    [InlineData("x = $$\"\"\"\n    cfg_dir=$(mktemp -d)\n    cat >$cfg_dir/{{name}}\n    \"\"\";")]
    [InlineData("""x = "a; cfg_exit=$?; exit $cfg_exit";""")]
    public void What_is_logic_is_known(string code) => Assert.Contains(Texts(code), text => Logic().IsMatch(text));

    [Theory]
    [InlineData("""x = $"cfg_sysctl {path} && cfg_drop_ins sysctl.d {name}";""")]
    [InlineData("""x = $"git -C {path} remote add origin {url} 2>/dev/null || git -C {path} remote set-url origin {url}";""")]
    [InlineData("""x = "it is done while they wait, in that case; then for all the others";""")]
    public void What_is_a_call_or_prose_is_none(string code) => Assert.DoesNotContain(Texts(code), text => Logic().IsMatch(text));

    static IEnumerable<string> Texts(string code) =>
        CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Select(Text).OfType<string>();

    /// <summary>A text, with <c>x</c> for what is put into it.</summary>
    static string? Text(ExpressionSyntax expression) =>
        expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text => text.Token.ValueText,
            InterpolatedStringExpressionSyntax text => string.Concat(
                text.Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : "x")
            ),
            _ => null,
        };

    /// <summary>
    /// Words that begin or end what a shell does only if or as often as something is so; functions, groups and traps; and a variable that
    /// is set to what a command says or came to.
    /// </summary>
    [GeneratedRegex(
        """
            (^|[;&|({\n]) \s* (if|elif|while|until) \s [^\n;]* [;\n] \s* (then|do) \b
            | [;\n] \s* (fi|done|esac) \s* ([;\n&|)<>]|$)
            | \b for \s \w+ \s in \s .* [;\n] \s* do \b
            | \b case \s \S+ \s in \s
            | \w \( \) \s* \{
            | (\|\||&&) \s* \{+ \s
            | \b trap \s ['"-]
            | (^|[;&|({\n]) \s* \w+ = ["]? \$ [(?] [^\n]* [;\n]
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Logic();
}
