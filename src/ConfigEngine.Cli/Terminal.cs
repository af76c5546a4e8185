using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>Where a command reads and writes: results on <see cref="Out"/>, progress and errors on <see cref="Error"/>.</summary>
sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether somebody can answer a question.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Whether results are read on a terminal, and not by a program.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether progress is seen on a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The terminal's columns; null where there is none.</summary>
    public int? Width { get; init; }

    /// <summary>The environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        return new(
            Console.In,
            new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024),
            new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 4 * 1024) { AutoFlush = true })
        {
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth,
        };
    }

    /// <summary>Whether the user has colours (https://no-color.org).</summary>
    public bool AllowsColour => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") is not "dumb";

    /// <summary>Whether lines can be drawn over on standard error.</summary>
    public bool IsLive => ErrorIsTerminal && Variable("TERM") is not "dumb";

    /// <summary>Prints results.</summary>
    public void Print(IEnumerable<Line> lines) => Out.Write(OutIsTerminal && AllowsColour ? Ansi.Coloured(lines) : Ansi.Plain(lines));

    /// <summary>Says something beside the results.</summary>
    public void Say(params IEnumerable<Line> lines) => Error.Write(ErrorIsTerminal && AllowsColour ? Ansi.Coloured(lines) : Ansi.Plain(lines));

    /// <summary>Says something beside the results; whatever controls a terminal in it is shown and not done.</summary>
    public void Say(string text, Ink ink = Ink.Plain) => Say(Printable.Lines(text).Split('\n').Select(line => new Line(new Span(line, ink))));
}
