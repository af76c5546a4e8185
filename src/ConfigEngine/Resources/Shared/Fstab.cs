using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Lines of fstab(5), and the rules that they share with /proc/self/mountinfo (proc(5)).</summary>
static partial class Fstab
{
    /// <summary>The path of fstab(5).</summary>
    public const string Path = "/etc/fstab";

    /// <summary>A path without redundant slashes.</summary>
    public static string Plain(string path) =>
        path.StartsWith('/') ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : path;

    /// <summary>Reads a line; null where the line is not a mount.</summary>
    public static FstabLine? Parse(string line)
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

    /// <summary>The fields with their positions; a comment after the options is not a field.</summary>
    public static List<Match> Words(string line)
    {
        List<Match> words = [.. Word().Matches(line).Cast<Match>()];
        var remark = words.FindIndex(Math.Min(4, words.Count), word => word.Value[0] is '#');
        return remark < 0 ? words : words.GetRange(0, remark);
    }

    static int Number(string[] fields, int index) =>
        index < fields.Length && int.TryParse(fields[index], NumberStyles.None, null, out var number) ? number : 0;

    /// <summary>The single options; a comma in double quotes does not separate them.</summary>
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

    /// <summary>The name of the unit that systemd makes for a mount point (systemd-escape(1), --path).</summary>
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
