using System.CommandLine;
using System.Globalization;

namespace ConfigEngine.Cli;

/// <summary>Numbers on the command line: whole numbers from 1.</summary>
static class Numbers
{
    /// <summary>An option for a number.</summary>
    public static Option<int?> Option(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "n",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Parse(text) is { } number)
                    return number;
                result.AddError($"{name} {text}: write a whole number, at least 1");
                return null;
            },
        };

    /// <summary>The number in a text; null where the text is not a number.</summary>
    public static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
