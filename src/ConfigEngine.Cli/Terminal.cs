using System.Text;
using System.Text.Json.Nodes;
using ConfigEngine.Local;
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

    /// <summary>The columns of the terminal that progress is seen on, as it is now.</summary>
    public int CurrentWidth => Size().Width;

    /// <summary>Its lines, as it is now.</summary>
    public int CurrentHeight => Size().Height;

    /// <summary>How large the terminal is that progress is seen on.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (80, 24);

    /// <summary>The environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The secrets of this run, and how to keep them from being shown.</summary>
    public Redaction Redaction { get; init; } = new();

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Terminal terminal = new(
            Console.In,
            new StreamWriter(OutputStream.OfResults(Console.OpenStandardOutput()), utf8, bufferSize: 16 * 1024),
            new StreamWriter(OutputStream.OfErrors(Console.OpenStandardError()), utf8, bufferSize: 4 * 1024) { AutoFlush = true }
        )
        {
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth,
            Size = () => (Console.WindowWidth > 0 ? Console.WindowWidth : 80, Console.WindowHeight > 0 ? Console.WindowHeight : 24),
        };

        // The results have a descriptor of their own by now. Whoever else writes to standard output in this process, such as a recipe that
        // opens it, is none of them, and a program that reads them should not have to tell.
        if (!OperatingSystem.IsWindows())
            _ = LibC.Duplicate(descriptor: 2, to: 1);
        return terminal;
    }

    /// <summary>Whether the user has colours (https://no-color.org).</summary>
    public bool AllowsColour => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") is not "dumb";

    /// <summary>Whether lines can be drawn over on standard error.</summary>
    public bool IsLive => ErrorIsTerminal && Variable("TERM") is not "dumb";

    /// <summary>The same terminal, for which nothing that is a secret is printed.</summary>
    public Terminal Redacted() => this with { Out = new RedactedWriter(Out, Redaction), Error = new RedactedWriter(Error, Redaction) };

    /// <summary>Prints results.</summary>
    public void Print(IEnumerable<Line> lines) => Out.Write(OutIsTerminal ? OnTerminal(lines) : Ansi.Plain(lines));

    /// <summary>
    /// Prints results that are wrapped at a width, and would be again at none: where a secret is in them they are not wrapped, so
    /// that it is not cut in two and missed.
    /// </summary>
    public void Print(Func<int?, IEnumerable<Line>> lines)
    {
        var whole = Width is null ? "" : Ansi.Plain(lines(null));
        Print(lines(ReferenceEquals(Redaction.Of(whole), whole) ? Width : null));
    }

    /// <summary>Prints a document of JSON, or some lines of it.</summary>
    public void PrintJson(string text) => ((Out as RedactedWriter)?.Inner ?? Out).Write(text);

    /// <summary>A line of JSON without secrets in its values.</summary>
    public string Clean(string json) =>
        ReferenceEquals(Redaction.Of(json), json) ? json : Redaction.Of(JsonNode.Parse(json))?.ToJsonString(Json.Compact.Options) ?? "";

    /// <summary>Says something beside the results.</summary>
    public void Say(params IEnumerable<Line> lines) => Error.Write(OnError(lines));

    /// <summary>Lines as they are written beside the results.</summary>
    public string OnError(IEnumerable<Line> lines) => ErrorIsTerminal ? OnTerminal(lines) : Ansi.Plain(lines);

    string OnTerminal(IEnumerable<Line> lines) => AllowsColour ? Ansi.Coloured(lines.Select(Clean)) : Ansi.Plain(lines);

    /// <summary>A line whose secrets are found although they change colour in the middle.</summary>
    Line Clean(Line line)
    {
        var text = line.ToString();
        var clean = Redaction.Of(text);
        return ReferenceEquals(clean, text) ? line : new(clean);
    }

    /// <summary>Says something beside the results; whatever controls a terminal in it is shown and not done.</summary>
    public void Say(string text, Ink ink = Ink.Plain) =>
        Say(Printable.Lines(text).Split('\n').Select(line => new Line(new Span(line, ink))));

    /// <summary>Says what went wrong, so that a log can be searched for it: only the word is red, and a hint below it is plain.</summary>
    public void Fail(string text) => Say(Marks.Error(Printable.Lines(text), WidthFor(text)));

    /// <summary>Says what may go wrong, or was left out.</summary>
    public void Warn(string text) => Say(Marks.Warning(Printable.Lines(text), WidthFor(text)));

    /// <summary>The columns that a text is wrapped at; none where a secret is in it, which would be cut in two and missed.</summary>
    int? WidthFor(string text) => ErrorIsTerminal && ReferenceEquals(Redaction.Of(text), text) ? CurrentWidth : null;
}
