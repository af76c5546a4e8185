using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Unit files as text (systemd.syntax(7), systemd.time(7)): settings in the order in which their type declares them.</summary>
static partial class UnitSyntax
{
    /// <summary>A whole file from its sections; null sections are left out.</summary>
    public static string Render(IEnumerable<(string Name, UnitSection Section)> sections) =>
        string.Join(
            '\n',
            sections.Select(section =>
                $"[{section.Name}]\n{string.Concat(section.Section.Settings.Select(setting => $"{setting.Key}={setting.Value}\n"))}"
            )
        );

    /// <summary>The lines of a file's [Install] section.</summary>
    public static IEnumerable<string> InstallOf(string file)
    {
        var isInstall = false;
        foreach (var line in file.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
                isInstall = line == "[Install]";
            else if (isInstall)
                yield return line;
        }
    }

    /// <summary>The settings of a section that its properties hold.</summary>
    public static IEnumerable<(string Key, string Value)> SettingsOf(UnitSection section) =>
        PropertiesOf(section).SelectMany(property => ValuesOf(property.GetValue(section)), (property, value) => (property.Name, value));

    /// <summary>The properties of a section, in the order in which its type declares them.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(UnitSection section) =>
        section
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken);

    static IEnumerable<string> ValuesOf(object? value) =>
        value switch
        {
            null => [],
            string text => [text],
            bool yes => [yes ? "yes" : "no"],
            TimeSpan time => [Time(time)],
            Mode mode => [mode.ToString()],
            Enum word => [Text.Kebab(word.ToString())],
            UnitWords words => words.Select(Word),
            UnitLines lines => lines,
            IEnumerable<KeyValuePair<string, string>> variables => variables.Select(variable =>
                Escaped($"{variable.Key}={variable.Value}")
            ),
            IFormattable number => [number.ToString(null, CultureInfo.InvariantCulture)],
            _ => throw new NotSupportedException($"A unit file has no form for a {value.GetType().Name}."),
        };

    /// <summary>A time span in the largest unit that needs no fraction.</summary>
    static string Time(TimeSpan time) =>
        time switch
        {
            _ when time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue => "infinity",
            _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => $"{(long)time.TotalSeconds}s",
            _ when time.Ticks % TimeSpan.TicksPerMillisecond == 0 => $"{(long)time.TotalMilliseconds}ms",
            _ => $"{(long)time.TotalMicroseconds}us",
        };

    /// <summary>
    /// A word of a list. These settings keep a backslash as it is (names such as <c>srv-my\x2ddata.mount</c> need that), so only
    /// spaces and quotes need quoting.
    /// </summary>
    static string Word(string word) =>
        word.AsSpan().IndexOfAny(" \t'\"") < 0 ? word
        : word.Contains('"', StringComparison.Ordinal) ? $"'{word}'"
        : $"\"{word}\"";

    /// <summary>
    /// A word in double quotes with C escapes, for Environment=. A percent sign means itself; to use a specifier, write the setting
    /// by its index.
    /// </summary>
    static string Escaped(string word)
    {
        StringBuilder quoted = new("\"", word.Length + 8);
        foreach (var c in word)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    '%' => "%%",
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>An argument of a command in ExecStart=, which gets it exactly as it is: no variable, no specifier.</summary>
    public static string Argument(string word) =>
        Plain().IsMatch(word) ? word : Escaped(word).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>What is wrong with the variables of a section.</summary>
    public static IEnumerable<string> VariableProblems(IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            if (!Variable().IsMatch(name))
                yield return $"\"{Values.Text.Excerpt(name)}\" is not a valid name for a variable";
            if (value.Any(c => char.IsControl(c) && c is not '\n' and not '\t') || Values.Text.HasHalf(value))
                yield return $"the value of {name} has a control character or half a character in it, and systemd would leave it out";
        }
    }

    /// <summary>
    /// Whether systemd replaces specifiers in a setting. In other settings a percent sign is just that, as in CPUQuota=.
    /// </summary>
    static bool HasSpecifiers(string key) =>
        key is "Description" or "Documentation" or "WorkingDirectory" or "EnvironmentFile" or "User" or "Group" or "SyslogIdentifier"
        || ((string[])["Exec", "Environment", "Condition", "Assert"]).Any(word => key.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Values that systemd would not read as they are written.</summary>
    public static IEnumerable<string> Problems(string section, string key, string value)
    {
        var what = $"{key} in [{section}]";
        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return $"\"{key}\" in [{section}] is not a valid name for a setting";
        if (Values.Text.HasHalf(value))
            yield return $"{what} has half a character in it (a lone surrogate)";
        if (value.Any(c => c is '\n' or '\r' or '\0'))
            yield return $"{what} has a line end in it; a setting is one line";
        else if (value.Any(char.IsControl) && value.Any(c => char.IsControl(c) && c is not '\t'))
            yield return $"{what} has a control character in it";
        if (HasSpecifiers(key) && NoSpecifier().Match(value) is { Success: true } sign)
            yield return $"{what} has \"{sign.Groups["sign"].Value}\" in it, which is no specifier (systemd.unit(5)), "
                + "so systemd would leave the setting out; a percent sign is written %%";
        if (value.EndsWith('\\'))
            yield return $"{what} ends with a backslash, which would take the next line into it";
        if (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])))
            yield return $"{what} begins or ends with a space, which systemd takes away";
    }

    /// <summary>What is wrong with the words of a list: characters that cannot be quoted.</summary>
    public static IEnumerable<string> WordProblems(string key, UnitWords words)
    {
        foreach (var word in words)
        {
            if (word.Contains('"', StringComparison.Ordinal) && word.Contains('\'', StringComparison.Ordinal))
                yield return $"\"{Values.Text.Excerpt(word)}\" in {key} has both kinds of quotes in it, which systemd cannot "
                    + $"take in a list";
            if (word.EndsWith('\\'))
                yield return $"\"{Values.Text.Excerpt(word)}\" in {key} ends with a backslash, which would take what follows it "
                    + $"into the word";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_@+=:,./\[\]*-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex Variable();

    [GeneratedRegex("(?<!%)(%%)*(?<sign>%([^%aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyYZ]|\\z))", RegexOptions.ExplicitCapture)]
    private static partial Regex NoSpecifier();
}
