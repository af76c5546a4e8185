using System.Globalization;
using DiffPlex;
using DiffPlex.Model;

namespace ConfigEngine.Rendering;

/// <summary>Two texts as a unified diff (POSIX diff -u), with three lines of context.</summary>
static class UnifiedDiff
{
    const int Context = 3;

    /// <summary>
    /// With more differing lines than this, the search for common lines takes too long, and all of them are shown as replaced.
    /// </summary>
    const int Comparable = 8000;

    /// <summary>How much of a long line is shown. A line can be very long.</summary>
    const int Shown = 1000;

    /// <summary>
    /// A line that exceeds the limit by no more than this is shown completely, because the note about the rest would be as long.
    /// </summary>
    const int HardlyMore = 50;

    /// <summary>The hunks.</summary>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    /// <param name="longLines">How long lines are shown.</param>
    public static IEnumerable<OutputLine> Of(string before, string after, LongLines longLines = LongLines.Whole)
    {
        var (old, now) = (Split(before), Split(after));
        var blocks = Blocks(old, now);
        for (var i = 0; i < blocks.Count;)
        {
            var last = i;
            while (
                last + 1 < blocks.Count
                && blocks[last + 1].DeleteStartA - (blocks[last].DeleteStartA + blocks[last].DeleteCountA) <= 2 * Context
            )
                last++;
            foreach (var line in Hunk(old, now, blocks, i, last, longLines))
                yield return line;
            i = last + 1;
        }
    }

    /// <summary>A text's lines, each with its line end, because a missing line end at the last line is a difference.</summary>
    public static string[] Split(string text)
    {
        List<string> lines = [];
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) + 1;
            end = end == 0 ? text.Length : end;
            lines.Add(text[at..end]);
            at = end;
        }

        return [.. lines];
    }

    /// <summary>One line of a file after its sign; if its line end is missing, the line below says so.</summary>
    public static IEnumerable<OutputLine> Signed(char sign, string line, Ink ink, LongLines longLines)
    {
        var text = line.TrimEnd('\n');
        if (longLines is LongLines.Whole || text.Length <= Shown + HardlyMore)
        {
            yield return new(new Span(sign + Printable.FileLine(text), ink));
        }
        else
        {
            var shown = char.IsHighSurrogate(text[Shown - 1]) ? Shown - 1 : Shown;
            yield return new(
                new Span(sign + Printable.FileLine(text[..shown]), ink),
                new Span(
                    $"{Text.Cut} {(text.Length - shown).ToString("#,0", CultureInfo.InvariantCulture)} more characters; -v shows them",
                    Ink.Dim
                )
            );
        }

        if (!line.EndsWith('\n'))
            yield return new(new Span("\\ No newline at end of file", Ink.Dim));
    }

    static List<DiffBlock> Blocks(string[] old, string[] now)
    {
        var same = 0;
        while (same < old.Length && same < now.Length && old[same] == now[same])
            same++;
        var tail = 0;
        while (tail < old.Length - same && tail < now.Length - same && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        var (deleted, inserted) = (old.Length - same - tail, now.Length - same - tail);
        if (deleted + inserted == 0)
            return [];
        if (deleted == 0 || inserted == 0 || deleted + inserted > Comparable)
            return [new(same, deleted, same, inserted)];
        var inner = new Differ().CreateCustomDiffs(
            string.Concat(old[same..^tail]),
            string.Concat(now[same..^tail]),
            ignoreWhiteSpace: false,
            Split
        );
        return
        [
            .. inner.DiffBlocks.Select(block => new DiffBlock(
                block.DeleteStartA + same,
                block.DeleteCountA,
                block.InsertStartB + same,
                block.InsertCountB
            )),
        ];
    }

    static IEnumerable<OutputLine> Hunk(string[] old, string[] now, List<DiffBlock> blocks, int first, int last, LongLines longLines)
    {
        var start = Math.Max(0, blocks[first].DeleteStartA - Context);
        var startNow = blocks[first].InsertStartB - (blocks[first].DeleteStartA - start);
        var end = Math.Min(old.Length, blocks[last].DeleteStartA + blocks[last].DeleteCountA + Context);
        var endNow = Math.Min(now.Length, blocks[last].InsertStartB + blocks[last].InsertCountB + Context);
        yield return new(new Span($"@@ -{Range(start, end)} +{Range(startNow, endNow)} @@", Ink.Dim));

        var at = start;
        foreach (var block in blocks[first..(last + 1)])
        {
            foreach (var line in old[at..block.DeleteStartA].SelectMany(line => Signed(' ', line, Ink.Plain, longLines)))
                yield return line;
            at = block.DeleteStartA + block.DeleteCountA;
            foreach (var line in old[block.DeleteStartA..at].SelectMany(line => Signed('-', line, Ink.Removed, longLines)))
                yield return line;
            foreach (
                var line in now.AsSpan(block.InsertStartB, block.InsertCountB)
                    .ToArray()
                    .SelectMany(line => Signed('+', line, Ink.Added, longLines))
            )
                yield return line;
        }

        foreach (var line in old[at..end].SelectMany(line => Signed(' ', line, Ink.Plain, longLines)))
            yield return line;
    }

    static string Range(int start, int end) => end - start == 1 ? $"{start + 1}" : $"{(end == start ? start : start + 1)},{end - start}";
}
