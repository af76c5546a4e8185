using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Lines of fstab(5), and what they have in common with /proc/self/mountinfo (proc(5)).</summary>
static partial class Fstab
{
    /// <summary>Where it is.</summary>
    public const string Path = "/etc/fstab";

    /// <summary>One line of it.</summary>
    public sealed record Line(string Device, string Point, string Type, IReadOnlyList<string> Options, int Dump, int Pass)
    {
        /// <summary>The line as text.</summary>
        public string Text => string.Join(' ', Fields);

        /// <summary>A line that begins with a number sign would be a comment.</summary>
        IReadOnlyList<string> Fields =>
            [
                MountField.Escape(Device) is ['#', .. var rest] ? $@"\043{rest}" : MountField.Escape(Device),
                MountField.Escape(Point),
                Type,
                Options.Count == 0 ? "defaults" : string.Join(',', Options.Select(MountField.Escape)),
                $"{Dump}",
                $"{Pass}",
            ];

        /// <summary>The line in the place of another one, with what stands between its fields and after them.</summary>
        public string In(string line)
        {
            StringBuilder text = new();
            var (at, words) = (0, Words(line));
            foreach (var (word, field) in words.Zip(Fields))
            {
                text.Append(line, at, word.Index - at).Append(field);
                at = word.Index + word.Length;
            }

            foreach (var missing in Fields.Skip(words.Count))
                text.Append(' ').Append(missing);
            return text.Append(line, at, line.Length - at).ToString();
        }

        /// <summary>Whether it is for this mount point. Slashes that say nothing make no difference to libmount.</summary>
        public bool IsAt(string point) => Plain(Point) == Plain(point);

        /// <summary>Whether it says the same. Where in the options a bind mount is said to be one makes no difference.</summary>
        public bool Says(Line other) =>
            IsAt(other.Point)
            && (
                Device == other.Device
                || (Device is ['/', not '/', ..] && other.Device is ['/', not '/', ..] && Plain(Device) == Plain(other.Device))
            )
            && (Type, Dump, Pass) == (other.Type, other.Dump, other.Pass)
            && Options.Order(BindsFirst).SequenceEqual(other.Options.Order(BindsFirst));
    }

    static readonly IComparer<string> BindsFirst = Comparer<string>.Create((one, other) => Rank(one) - Rank(other));

    static int Rank(string option) => option is "bind" or "rbind" ? 0 : 1;

    /// <summary>A path without slashes that say nothing.</summary>
    public static string Plain(string path) =>
        path.StartsWith('/') ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : path;

    /// <summary>Reads a line; null where it is none of a mount.</summary>
    public static Line? Parse(string line)
    {
        var fields = Words(line).Select(word => word.Value).ToArray();
        return fields.Length < 3 || fields[0][0] is '#'
            ? null
            : new(
                MountField.Unescape(fields[0]),
                MountField.Unescape(fields[1]),
                fields[2],
                Options(fields.ElementAtOrDefault(3) ?? "defaults"),
                Number(fields, 4),
                Number(fields, 5)
            );
    }

    /// <summary>The fields with their places; a remark after the options is none.</summary>
    static List<Match> Words(string line)
    {
        List<Match> words = [.. Word().Matches(line).Cast<Match>()];
        var remark = words.FindIndex(Math.Min(4, words.Count), word => word.Value[0] is '#');
        return remark < 0 ? words : words.GetRange(0, remark);
    }

    static int Number(string[] fields, int index) =>
        index < fields.Length && int.TryParse(fields[index], NumberStyles.None, null, out var number) ? number : 0;

    /// <summary>Options one by one; a comma in double quotes does not part them.</summary>
    static List<string> Options(string text)
    {
        List<string> options = [];
        StringBuilder option = new();
        var quoted = false;
        foreach (var c in MountField.Unescape(text) + ",")
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

    /// <summary>The unit that systemd makes of a mount point (systemd-escape(1), --path).</summary>
    public static string Unit(string point)
    {
        StringBuilder name = new();
        foreach (var b in Encoding.UTF8.GetBytes(point.Trim('/')))
        {
            name.Append(
                b switch
                {
                    (byte)'/' => "-",
                    _ when char.IsAsciiLetterOrDigit((char)b) || (char)b is ':' or '_' || ((char)b is '.' && name.Length > 0) => (
                        (char)b
                    ).ToString(),
                    _ => $@"\x{b:x2}",
                }
            );
        }

        return (name.Length == 0 ? "-" : name.ToString()) + ".mount";
    }

    [GeneratedRegex("[^ \\t]+")]
    private static partial Regex Word();
}
