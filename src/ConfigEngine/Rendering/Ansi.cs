using System.Text;

namespace ConfigEngine.Rendering;

/// <summary>Lines as text, plain or with the colours of a terminal.</summary>
static class Ansi
{
    /// <summary>Without colours.</summary>
    public static string Plain(IEnumerable<OutputLine> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>With colours (ECMA-48, SGR): only the sixteen that every terminal has, so that its theme decides.</summary>
    public static string Coloured(IEnumerable<OutputLine> lines)
    {
        StringBuilder text = new();
        foreach (var line in lines)
        {
            foreach (var span in line.Spans)
                text.Append(Coloured(span));
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>One piece with its colour.</summary>
    public static string Coloured(Span span) =>
        span.Ink is Ink.Plain || span.Text.Length == 0 ? span.Text : $"\e[{Code(span.Ink)}m{span.Text}\e[0m";

    static string Code(Ink ink) =>
        ink switch
        {
            Ink.Added => "32",
            Ink.Removed => "31",
            Ink.Changed => "33",
            // Faint, and not bright black, which is the background of some themes.
            Ink.Dim => "2",
            Ink.Bold => "1",
            Ink.Warning => "1;33",
            Ink.Error => "1;31",
            Ink.Failed => "31",
            // This colour has no other meaning here, and is visible on light and dark backgrounds.
            Ink.Doubt => "35",
            _ => "0",
        };
}
