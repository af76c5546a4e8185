using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// Values in the configuration of supervisord: of Python's configparser with comments in lines, with names in percent signs
/// (supervisor/options.py, supervisor/datatypes.py).
/// </summary>
static class SupervisorSyntax
{
    /// <summary>Why a value cannot be written; null where it can.</summary>
    public static string? Problem(string value) =>
        value.Any(c => char.IsControl(c) && c is not '\t') ? "it has a line end or another control character in it"
        : value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])) ? "it begins or ends with a space"
        : BeginsComment(value) ? "it has a space before # or ;, where a comment would begin"
        : null;

    /// <summary>A value as it is read back.</summary>
    public static string Value(string value) => value.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A command, whose words are split as a shell would. A comment's sign is put between quotes of its own.</summary>
    public static string Command(string command)
    {
        StringBuilder text = new();
        char? open = null;
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (c is '#' or ';' && i > 0 && char.IsWhiteSpace(command[i - 1]))
                text.Append(open is { } quote ? $"{quote}{quote}{c}" : $"\"\"{c}");
            else
                text.Append(c);
            if (open is null && c is '\'' or '"')
                open = c;
            else if (open == c)
                open = null;
            else if (c is '\\' && open is not '\'' && i + 1 < command.Length)
                text.Append(command[++i]);
        }

        return Value(text.ToString());
    }

    /// <summary>Why the value of a variable cannot be written; null where it can.</summary>
    public static string? VariableProblem(string value) =>
        value.Any(c => char.IsControl(c) && c is not '\t') ? "has a line end or another control character in it"
        : BeginsComment(value) ? "has a space before # or ;, where supervisord begins a comment"
        : value.Contains('"', StringComparison.Ordinal) && value.Contains('\'', StringComparison.Ordinal)
            ? "has both kinds of quotes in it, which supervisord cannot read"
        : value.Trim('"', '\'').Length != value.Length ? "begins or ends with a quote, which supervisord takes away"
        : null;

    /// <summary>Variables, as the value of <c>environment</c>.</summary>
    public static string Environment(IEnumerable<KeyValuePair<string, string>> variables) =>
        string.Join(
            ',',
            variables
                .OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .Select(variable =>
                    variable.Value.Contains('"', StringComparison.Ordinal)
                        ? $"{variable.Key}='{Value(variable.Value)}'"
                        : $"{variable.Key}=\"{Value(variable.Value)}\""
                )
        );

    static bool BeginsComment(string value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] is '#' or ';' && char.IsWhiteSpace(value[i - 1]))
                return true;
        }

        return false;
    }
}
