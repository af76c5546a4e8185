using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace ConfigEngine.Cli.Parsing;

/// <summary>The mistakes in a command line, and what the user probably meant.</summary>
static class Mistakes
{
    /// <summary>The mistakes; none if the command line can be executed.</summary>
    /// <param name="typed">The words.</param>
    /// <param name="parsed">The parsed command line.</param>
    public static IReadOnlyList<string> In(IReadOnlyList<string> typed, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = OptionsOf(parsed.CommandResult);
        var unknown = typed
            .TakeWhile(word => word is not "--")
            .Where(Words.IsOption)
            .Select(word => Words.Split(word).Name)
            .Where(name => !Knows(options, name))
            .Select(name => Unknown(name, command, options))
            .ToList();
        var swallowed = parsed
            .CommandResult.Children.OfType<OptionResult>()
            .Where(option => option.Tokens.Any(token => Words.IsOption(token.Value) && typed.Contains(token.Value)))
            .Select(option => NeedsValue(option.Option))
            .ToList();
        return unknown.Count > 0 ? unknown
            : swallowed.Count > 0 ? swallowed
            : command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..] ? [Unknown(word, command)]
            : [.. parsed.Errors.Select(error => Sentence(error, parsed)).Distinct()];
    }

    static List<string> OptionsOf(CommandResult result)
    {
        List<Option> options = [.. result.Command.Options];
        for (var outer = result.Parent as CommandResult; outer is not null; outer = outer.Parent as CommandResult)
            options.AddRange(outer.Command.Options.Where(option => option.Recursive));
        return [.. options.SelectMany(option => (IEnumerable<string>)[option.Name, .. option.Aliases])];
    }

    /// <summary>Whether the option exists; short options can be written together.</summary>
    static bool Knows(List<string> options, string name) =>
        options.Contains(name)
        || (!name.StartsWith("--", StringComparison.Ordinal) && name[1..].All(letter => options.Contains($"-{letter}")));

    static string Unknown(string name, Command command, List<string> options)
    {
        var problem = command is RootCommand ? $"unknown option {name}" : $"{command.Name} has no option {name}";
        var hint = Similar.Closest(name, options.Where(option => option.StartsWith("--", StringComparison.Ordinal))) is { } close
            ? $"did you mean {close}?"
            : Habits.InsteadOf(name) ?? (command.Name is "exec" ? "put the command in quotes, or after --" : null);
        return Hinted(problem, hint);
    }

    static string Unknown(string word, Command command)
    {
        var names = command.Subcommands.Select(one => one.Name).ToList();
        var hint =
            Similar.Closest(word, names) is { } close ? $"did you mean {close}?"
            : Habits.CommandFor(word) is { } meant && command is RootCommand ? $"here it is: cfg {meant}"
            : word.EndsWith(".csx", StringComparison.Ordinal) && command is RootCommand ? $"a recipe needs a command: cfg plan {word}"
            : $"there {(names.Count == 1 ? "is" : "are")}: {string.Join(", ", names)}";
        return Hinted(command is RootCommand ? $"unknown command {word}" : $"{command.Name} has no command {word}", hint);
    }

    static string Sentence(ParseError error, ParseResult parsed) =>
        error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: { Arity.MinimumNumberOfValues: > 0 } option } => NeedsValue(option),
            ArgumentResult { Tokens: [var value], Argument: { HelpName: null, CompletionSources.Count: > 0 } argument } => Hinted(
                $"{parsed.CommandResult.Command.Name} has no {argument.Name} {value.Value}",
                $"there are: {string.Join(", ", argument.GetCompletions(CompletionContext.Empty).Select(one => one.Label))}"
            ),
            _ when parsed.UnmatchedTokens is [var extra, ..] && error.Message.Contains($"'{extra}'", StringComparison.Ordinal) => Hinted(
                $"{parsed.CommandResult.Command.Name} takes no further argument: {extra}",
                parsed.CommandResult.Command.Options.Any(option => option.Name is "--on") ? $"to choose hosts: --on {extra}" : null
            ),
            _ => error.Message,
        };

    static string NeedsValue(Option option) => $"{option.Name} needs a value: {option.Name} <{option.HelpName}>";

    static string Hinted(string problem, string? hint) => hint is null ? problem : $"{problem}\n  hint: {hint}";
}
