using System.Collections;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Resources;

/// <summary>
/// Values of a setting that takes one value per line: <c>ExecStart=</c>, <c>OnCalendar=</c>. An empty value clears the values of
/// files that were read before: <c>ExecStart = ["", "/usr/bin/app"]</c> in a drop-in.
/// </summary>
/// <example><code>new UnitFile("app.service") { Service = new() { ExecStart = "/usr/bin/app --port 80" } }</code></example>
[CollectionBuilder(typeof(UnitLines), nameof(Of))]
public sealed class UnitLines : IEnumerable<string>
{
    readonly string[] lines;

    UnitLines(string[] lines) => this.lines = lines;

    /// <summary>Several lines, in order.</summary>
    public static UnitLines Of(ReadOnlySpan<string> lines) => new(lines.ToArray());

    /// <summary>One line.</summary>
    public static implicit operator UnitLines(string line) => new([line]);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)lines).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => lines.GetEnumerator();
}

/// <summary>
/// Values of a setting that takes a list of names or paths: <c>After=</c>, <c>ReadWritePaths=</c>. Each value is written on its own
/// line; a value with spaces is quoted (systemd.syntax(7)).
/// </summary>
/// <example>
/// <code>
/// new UnitFile("app.service") { DropIn = "order", Unit = new() { After = ["db.service", "cache.service"] } }
/// </code>
/// </example>
[CollectionBuilder(typeof(UnitWords), nameof(Of))]
public sealed class UnitWords : IEnumerable<string>
{
    readonly string[] words;

    UnitWords(string[] words) => this.words = words;

    /// <summary>Several words, in order.</summary>
    public static UnitWords Of(ReadOnlySpan<string> words) => new(words.ToArray());

    /// <summary>One word.</summary>
    public static implicit operator UnitWords(string word) => new([word]);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)words).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => words.GetEnumerator();
}
