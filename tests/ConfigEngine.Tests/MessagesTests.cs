using System.Text.RegularExpressions;
using ConfigEngine.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Tests;

/// <summary>Every sentence that the program can print, on one page, to be read and compared with others.</summary>
public sealed partial class MessagesTests
{
    [Fact]
    public void Every_message_of_the_program() =>
        Snapshot.Verify(
            string.Concat(
                Repository
                    .Nodes<ExpressionSyntax>("src")
                    .Where(one => one.Node.Parent is not AttributeArgumentSyntax && !IsPartOfText(one.Node))
                    .Select(one => (File: one.Place[..one.Place.IndexOf(':', StringComparison.Ordinal)], Text: Text(one.Node)))
                    .Where(one => one.Text is { } text && ThreeWords().IsMatch(text) && !ShellOrCode().IsMatch(text))
                    .GroupBy(one => one.File, one => one.Text)
                    .Select(file => $"# {file.Key}\n{string.Join('\n', file)}\n\n")
            )
        );

    static bool IsPartOfText(SyntaxNode node) => node.Ancestors().Any(above => above is InterpolatedStringExpressionSyntax);

    /// <summary>A text as it is in the source, but on one line, with the source of what is put into it in braces.</summary>
    static string? Text(ExpressionSyntax expression) =>
        expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text => OnOneLine(text.Token.ValueText),
            InterpolatedStringExpressionSyntax text => OnOneLine(
                string.Concat(
                    text.Contents.Select(part =>
                        part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : Spaces().Replace(part.ToString(), " ")
                    )
                )
            ),
            _ => null,
        };

    static string OnOneLine(string text) => text.Trim().Replace("\n", " / ", StringComparison.Ordinal);

    [GeneratedRegex(@"[a-z]+,? [a-z]+,? [a-z]+")]
    private static partial Regex ThreeWords();

    /// <summary>What a host's shell runs, and what a page of the reference or a compiler reads.</summary>
    [GeneratedRegex(@"\b(cfg_\w+|printf|awk|sed|sudo -n|apt-get|rpm -q|dpkg-query|runuser|systemctl -)|\|\||&&|>/dev/null|\$\(")]
    private static partial Regex ShellOrCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
