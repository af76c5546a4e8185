using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for text of several lines, and for text that has braces of its own: templates of configuration files.</summary>
static class TextHints
{
    const string Braces =
        "in $\"…\", { begins a value. Text with braces of its own: $$\"\"\" on one line, the text below it, and \"\"\" on a line of its "
        + "own; there a value is {{name}}";

    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS9006" or "CS9007" => "begin the text with one more $, and write one more brace on each side of every value",
            "CS8997" or "CS8998" or "CS9000" or "CS9002" =>
                "text over several lines begins on the line after \"\"\", and the last \"\"\" has a line of its own",
            "CS8999" => "indent each line of the text at least as far as the \"\"\" that ends it",
            "CS8086" or "CS8076" => Braces,
            "CS0103" when IsSpaced(HoleOf(slip)) => Braces,
            _ when slip.Model is null && HoleOf(slip) is not null => Braces,
            _ => null,
        };

    static InterpolationSyntax? HoleOf(Slip slip) =>
        (slip.Token.Parent ?? slip.Node)
            .AncestorsAndSelf()
            .TakeWhile(node => node is not StatementSyntax)
            .OfType<InterpolationSyntax>()
            .FirstOrDefault(hole => hole.Parent is InterpolatedStringExpressionSyntax);

    // Nobody writes a value as { name }; a block of a configuration file is written so.
    static bool IsSpaced(InterpolationSyntax? hole) => hole is not null && hole.OpenBraceToken.Span.End < hole.Expression.SpanStart;
}
