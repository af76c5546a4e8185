using System.Text;
using System.Text.Json.Nodes;
using ConfigEngine.Local;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>
/// The inputs and outputs of a command: results on <see cref="Out"/>, progress and errors on <see cref="Error"/>.
/// </summary>
sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether a person can answer a question.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Whether a person reads the results on a terminal, and not a program.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether progress is shown on a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The terminal's columns; null where there is none.</summary>
    public int? Width { get; init; }

    /// <summary>The current number of columns of the terminal for progress.</summary>
    public int CurrentWidth => Size().Width;

    /// <summary>The current number of its lines.</summary>
    public int CurrentHeight => Size().Height;

    /// <summary>The size of the terminal for progress.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (80, 24);

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether a build server runs this, and nobody reads what is asked: CI is set, or DiffEngine knows the server.</summary>
    public bool IsBuildServer => Variable("CI") is not (null or "" or "0" or "false") || OnServer();

    /// <summary>Recognises build servers that do not set CI.</summary>
    public Func<bool> OnServer { get; init; } = () => false;

    /// <summary>The input and the output for a command that speaks a protocol of its own there.</summary>
    public (Stream In, Stream Out) Streams { get; init; } = (Stream.Null, Stream.Null);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The secrets of this run, which are removed from all output.</summary>
    public Redaction Redaction { get; init; } = new();

    /// <summary>The process's own inputs and outputs.</summary>
    public static Terminal OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Terminal terminal = new(
            Console.In,
            new StreamWriter(OutputStream.OfResults(Console.OpenStandardOutput()), utf8, bufferSize: 16 * 1024),
            new StreamWriter(OutputStream.OfErrors(Console.OpenStandardError()), utf8, bufferSize: 4 * 1024) { AutoFlush = true }
        )
        {
            // Loaded only where it is asked for.
            OnServer = () => DiffEngine.BuildServerDetector.Detected,
            Streams = (Console.OpenStandardInput(), Console.OpenStandardOutput()),
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth,
            Size = () => (Console.WindowWidth > 0 ? Console.WindowWidth : 80, Console.WindowHeight > 0 ? Console.WindowHeight : 24),
        };

        // The results have a descriptor of their own by now. Other writes to standard output in this process, such as those of a
        // recipe that opens it, are not results, and a program that reads the results must not get them.
        _ = LibC.Duplicate(descriptor: 2, to: 1);
        return terminal;
    }

    /// <summary>Whether the user wants colours (https://no-color.org).</summary>
    public bool AllowsColour => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") is not "dumb";

    /// <summary>Whether lines on standard error can be drawn over.</summary>
    public bool IsLive => ErrorIsTerminal && Variable("TERM") is not "dumb";

    /// <summary>The same terminal, with secrets removed from its output.</summary>
    public Terminal Redacted() => this with { Out = new RedactedWriter(Out, Redaction), Error = new RedactedWriter(Error, Redaction) };

    /// <summary>Prints results.</summary>
    public void Print(IEnumerable<OutputLine> lines) => Out.Write(OutIsTerminal ? OnTerminal(lines) : Ansi.Plain(lines));

    /// <summary>
    /// Prints results that are wrapped at a width. If they contain a secret they are not wrapped, because a secret that is cut in
    /// two would not be found.
    /// </summary>
    public void Print(Func<int?, IEnumerable<OutputLine>> lines) => Print(Wrapped(lines));

    /// <summary>Such results, as they are printed.</summary>
    public IEnumerable<OutputLine> Wrapped(Func<int?, IEnumerable<OutputLine>> lines)
    {
        var whole = Width is null ? "" : Ansi.Plain(lines(null));
        return lines(ReferenceEquals(Redaction.Of(whole), whole) ? Width : null);
    }

    /// <summary>Prints a document of JSON, or some lines of it.</summary>
    public void PrintJson(string text) => ((Out as RedactedWriter)?.Inner ?? Out).Write(text);

    /// <summary>A line of JSON without secrets in its values.</summary>
    public string Clean(string json) =>
        ReferenceEquals(Redaction.Of(json), json) ? json : Redaction.Of(JsonNode.Parse(json))?.ToJsonString(Json.Compact.Options) ?? "";

    /// <summary>Prints a message besides the results.</summary>
    public void Say(params IEnumerable<OutputLine> lines) => Error.Write(OnError(lines));

    /// <summary>Lines in the form for messages besides the results.</summary>
    public string OnError(IEnumerable<OutputLine> lines) => ErrorIsTerminal ? OnTerminal(lines) : Ansi.Plain(lines);

    string OnTerminal(IEnumerable<OutputLine> lines) => AllowsColour ? Ansi.Coloured(lines.Select(Clean)) : Ansi.Plain(lines);

    /// <summary>A line without secrets; a secret is found even if the colour changes in the middle of it.</summary>
    OutputLine Clean(OutputLine line)
    {
        var text = line.ToString();
        var clean = Redaction.Of(text);
        return ReferenceEquals(clean, text) ? line : new(clean);
    }

    /// <summary>Prints a message besides the results; control characters in it are shown as visible characters.</summary>
    public void Say(string text, Ink ink = Ink.Plain) =>
        Say(Printable.Lines(text).Split('\n').Select(line => new OutputLine(new Span(line, ink))));

    /// <summary>
    /// Prints an error, with a word that can be searched for in a log: only the word is red, and a hint below it is plain.
    /// </summary>
    public void Fail(string text) => Say(Marks.Error(Printable.Lines(text), WidthFor(text)));

    /// <summary>Prints a warning, also about something that was left out.</summary>
    public void Warn(string text) => Say(Marks.Warning(Printable.Lines(text), WidthFor(text)));

    /// <summary>
    /// The width for wrapping a text; none if it contains a secret, which would not be found when it is cut in two.
    /// </summary>
    int? WidthFor(string text) => ErrorIsTerminal && ReferenceEquals(Redaction.Of(text), text) ? CurrentWidth : null;
}
