using System.CommandLine;
using System.Globalization;

namespace ConfigEngine.Cli;

/// <summary>Counts on the command line: whole numbers from 1.</summary>
static class Numbers
{
    /// <summary>An option that takes one.</summary>
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

    /// <summary>The number that is meant; null where the text is none.</summary>
    public static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
