using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Live;

/// <summary>
/// The last lines of a terminal, which are drawn over each time (ECMA-48: CUU, ED). What is printed above them stays. A frame is one
/// write, so that none is seen half drawn. The cursor stays visible: nobody has to bring it back when the process is killed.
/// </summary>
sealed class LiveRegion(Terminal terminal)
{
    readonly Lock gate = new();
    IReadOnlyList<Line> drawn = [];

    /// <summary>Draws lines in the place of the last ones. What is wider than the terminal is cut.</summary>
    public void Draw(IReadOnlyList<Line> lines)
    {
        lock (gate)
            Write([], lines);
    }

    /// <summary>Prints lines above the region.</summary>
    public void Print(IReadOnlyList<Line> lines)
    {
        lock (gate)
            Write(lines, drawn);
    }

    /// <summary>Takes the region away.</summary>
    public void Clear()
    {
        lock (gate)
            Write([], []);
    }

    void Write(IReadOnlyList<Line> above, IReadOnlyList<Line> lines)
    {
        var width = terminal.CurrentWidth;
        StringBuilder text = new();
        if (drawn.Count > 0)
        {
            // A terminal that became narrower has wrapped what was drawn. A move by 0 would be one by 1.
            var up = drawn.Sum(line => Math.Max(1, (line.Width + width - 1) / width)) - 1;
            text.Append('\r').Append(up > 0 ? $"\e[{up}A" : "").Append("\e[J");
        }

        drawn = [.. lines.Select(line => line.Cut(width - 1))];
        text.Append(terminal.OnError(above)).Append(terminal.OnError(drawn));
        if (drawn.Count > 0)
            text.Length--;
        if (text.Length > 0)
            terminal.Error.Write(text.ToString());
    }
}
