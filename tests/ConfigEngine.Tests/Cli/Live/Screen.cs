using System.Globalization;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>
/// A terminal as far as cfg uses one: what is written to it ends up on lines of so many columns, as xterm would show it (ECMA-48, with
/// xterm's rule that a move by 0 is one by 1). What it does not know is an error.
/// </summary>
sealed class Screen(int columns) : TextWriter
{
    int columns = columns;
    readonly List<StringBuilder> lines = [new()];
    string sequence = "";
    int row,
        column;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What is on it, without the spaces at the ends of lines and the empty lines at the end.</summary>
    public string Text => string.Join('\n', lines.Select(line => line.ToString().TrimEnd())).TrimEnd('\n');

    /// <summary>Its columns.</summary>
    public int Columns => columns;

    /// <summary>Makes it narrower: what does not fit any more goes on in the next line, as in most terminals.</summary>
    public void Narrow(int to)
    {
        var cursor = lines.Count - 1 - row;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length <= to)
                continue;
            lines.Insert(i + 1, new(lines[i].ToString(to, lines[i].Length - to)));
            lines[i].Length = to;
        }

        columns = to;
        row = lines.Count - 1 - cursor;
        column = lines[row].Length;
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (sequence.Length > 0 || value == '\e')
        {
            sequence += value;
            if (sequence.Length > 2 && value is >= '@' and <= '~')
            {
                Do(sequence[2..^1], value);
                sequence = "";
            }
            else if (sequence.Length == 2 && value != '[')
            {
                throw new NotSupportedException($"ESC {value}");
            }

            return;
        }

        switch (value)
        {
            case '\r':
                column = 0;
                break;
            case '\n':
                (row, column) = (row + 1, 0);
                Reach();
                break;
            default:
                Put(value);
                break;
        }
    }

    void Put(char value)
    {
        var width = Cells.Of(value.ToString());
        if (column + width > columns)
            (row, column) = (row + 1, 0);
        Reach();
        while (lines[row].Length < column)
            lines[row].Append(' ');
        if (column < lines[row].Length)
            lines[row][column] = value;
        else
            lines[row].Append(value);
        column++;
    }

    void Do(string parameters, char what)
    {
        var number = int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : (int?)null;
        switch (what)
        {
            case 'A':
                row = Math.Max(0, row - Math.Max(1, number ?? 1));
                break;
            case 'B':
                row += Math.Max(1, number ?? 1);
                Reach();
                break;
            case 'K' when number is 2:
                lines[row].Clear();
                break;
            case 'K' when number is null or 0:
                lines[row].Length = Math.Min(lines[row].Length, column);
                break;
            case 'J' when number is null or 0:
                lines[row].Length = Math.Min(lines[row].Length, column);
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                break;
            case 'm':
                break;
            default:
                throw new NotSupportedException($"CSI {parameters} {what}");
        }
    }

    void Reach()
    {
        while (lines.Count <= row)
            lines.Add(new());
    }
}
