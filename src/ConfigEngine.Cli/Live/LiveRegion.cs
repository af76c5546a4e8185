using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Live;

/// <summary>
/// The last lines of a terminal, which are drawn over each time (ECMA-48: CUU, ED). Lines that are printed above them stay. Each
/// frame is one write, so that no frame is seen half drawn. The cursor stays visible, so that a killed process does not leave it
/// hidden.
/// </summary>
sealed class LiveRegion(Terminal terminal)
{
    readonly Lock gate = new();
    IReadOnlyList<OutputLine> drawn = [];

    /// <summary>Draws lines in place of the last ones. A line that is wider than the terminal is cut.</summary>
    public void Draw(IReadOnlyList<OutputLine> lines)
    {
        lock (gate)
            Write([], lines);
    }

    /// <summary>Prints lines above the region.</summary>
    public void Print(IReadOnlyList<OutputLine> lines)
    {
        lock (gate)
            Write(lines, drawn);
    }

    /// <summary>Removes the region.</summary>
    public void Clear()
    {
        lock (gate)
            Write([], []);
    }

    void Write(IReadOnlyList<OutputLine> above, IReadOnlyList<OutputLine> lines)
    {
        var width = terminal.CurrentWidth;
        StringBuilder text = new();
        if (drawn.Count > 0)
        {
            // A terminal that became narrower has wrapped the drawn lines. A move by 0 would be a move by 1.
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
