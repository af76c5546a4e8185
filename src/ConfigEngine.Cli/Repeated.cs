using System.CommandLine;

namespace ConfigEngine.Cli;

/// <summary>Options that can be given more than once, each time with one value.</summary>
static class Repeated
{
    /// <summary>Such an option.</summary>
    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="value">What its value is.</param>
    /// <param name="description">What it does.</param>
    public static Option<string[]> Option(string name, string value, string description) =>
        new(name)
        {
            Description = $"{description}; can be given more than once",
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
}
