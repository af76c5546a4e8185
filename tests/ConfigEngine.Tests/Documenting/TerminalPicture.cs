using System.Globalization;
using System.Net;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Documenting;

/// <summary>Lines as a terminal shows them, as a picture (SVG 2).</summary>
static class TerminalPicture
{
    const double Column = 8.43,
        Line = 20,
        Margin = 18;

    /// <summary>The picture. Each piece has its own place, so that columns stay columns in any font.</summary>
    public static string Of(IReadOnlyList<OutputLine> lines)
    {
        var width = Number((2 * Margin) + (Column * lines.Max(line => line.Width)));
        var height = Number((2 * Margin) + (Line * lines.Count));
        StringBuilder text = new();
        text.Append(
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{width}}" height="{{height}}" viewBox="0 0 {{width}} {{height}}">
            <style>
            text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, monospace; fill: #d7dde4; white-space: pre; }
            .added { fill: #56d364; } .removed, .failed, .error { fill: #ff7b72; }
            .changed, .warning { fill: #e3b341; }
            .doubt { fill: #d2a8ff; } .dim { fill: #8b949e; } .bold { font-weight: bold; fill: #ffffff; }
            </style>
            <rect width="100%" height="100%" rx="8" fill="#0d1117"/>

            """
        );
        for (var row = 0; row < lines.Count; row++)
        {
            var at = 0;
            foreach (var span in lines[row].Spans)
            {
                if (!string.IsNullOrWhiteSpace(span.Text))
                    text.Append(
                        $"<text x=\"{Number(Margin + (Column * at))}\" y=\"{Number(Margin + (Line * (row + 0.7)))}\""
                            + $"{(span.Ink is Ink.Plain ? "" : $" class=\"{Values.Text.Kebab(span.Ink.ToString())}\"")}>"
                            + $"{WebUtility.HtmlEncode(span.Text)}</text>\n"
                    );
                at += Cells.Of(span.Text);
            }
        }

        return text.Append("</svg>\n").ToString();
    }

    static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
