using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Lines of fstab(5), and what they have in common with /proc/self/mountinfo (proc(5)).</summary>
static partial class Fstab
{
    /// <summary>Where it is.</summary>
    public const string Path = "/etc/fstab";

    /// <summary>A path without slashes that say nothing.</summary>
    public static string Plain(string path) =>
        path.StartsWith('/') ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : path;

    /// <summary>Reads a line; null where it is none of a mount.</summary>
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

    /// <summary>The fields with their places; a remark after the options is none.</summary>
    public static List<Match> Words(string line)
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
