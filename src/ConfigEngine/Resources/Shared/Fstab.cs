using System.Globalization;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>Lines of fstab(5), and what they have in common with /proc/self/mountinfo (proc(5)).</summary>
static class Fstab
{
    /// <summary>Where it is.</summary>
    public const string Path = "/etc/fstab";

    /// <summary>One line of it.</summary>
    public sealed record Line(string Device, string Point, string Type, IReadOnlyList<string> Options, int Dump, int Pass)
    {
        /// <summary>The line as text.</summary>
        public string Text => $"{Escape(Device)} {Escape(Point)} {Type} {(Options.Count == 0 ? "defaults" : string.Join(',', Options.Select(Escape)))} {Dump} {Pass}";

        /// <summary>Whether it says the same.</summary>
        public bool Says(Line other) => Text == other.Text;
    }

    /// <summary>Reads a line; null where it is none of a mount.</summary>
    public static Line? Parse(string line)
    {
        var fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 3 || fields[0][0] is '#'
            ? null
            : new(Unescape(fields[0]), Unescape(fields[1]), fields[2], Options(fields.ElementAtOrDefault(3) ?? "defaults"), Number(fields, 4), Number(fields, 5));
    }

    static int Number(string[] fields, int index) => index < fields.Length && int.TryParse(fields[index], NumberStyles.None, null, out var number) ? number : 0;

    /// <summary>Options one by one; a comma in double quotes does not part them.</summary>
    static List<string> Options(string text)
    {
        List<string> options = [];
        StringBuilder option = new();
        var quoted = false;
        foreach (var c in Unescape(text) + ",")
        {
            if (c is ',' && !quoted)
            {
                options.Add(option.ToString());
                option.Clear();
                continue;
            }

            quoted ^= c is '"';
            option.Append(c);
        }

        return options is ["defaults"] ? [] : options;
    }

    /// <summary>A field: spaces, tabs, line ends and backslashes in octal, as getmntent(3) and the kernel have them.</summary>
    public static string Escape(string field) => field
        .Replace(@"\", @"\134", StringComparison.Ordinal).Replace(" ", @"\040", StringComparison.Ordinal)
        .Replace("\t", @"\011", StringComparison.Ordinal).Replace("\n", @"\012", StringComparison.Ordinal);

    /// <summary>The other way.</summary>
    public static string Unescape(string field)
    {
        StringBuilder text = new();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] is '\\' && i + 3 < field.Length && field.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)Convert.ToInt32(field.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The unit that systemd makes of a mount point (systemd-escape(1), --path).</summary>
    public static string Unit(string point)
    {
        StringBuilder name = new();
        foreach (var b in Encoding.UTF8.GetBytes(point.Trim('/')))
        {
            name.Append(b switch
            {
                (byte)'/' => "-",
                _ when char.IsAsciiLetterOrDigit((char)b) || (char)b is ':' or '_' || ((char)b is '.' && name.Length > 0) => ((char)b).ToString(),
                _ => $@"\x{b:x2}",
            });
        }

        return (name.Length == 0 ? "-" : name.ToString()) + ".mount";
    }
}
