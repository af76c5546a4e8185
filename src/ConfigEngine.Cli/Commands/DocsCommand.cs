using System.CommandLine;
using ConfigEngine.Cli.Showing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg docs</c>: the reference, on the terminal.</summary>
static class DocsCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("docs", "Show the reference: all resources, or one resource or type with its properties.");
        Argument<string?> name = new("name")
        {
            Description = "A resource or a type, such as File [default: a list of the resources]",
            HelpName = "name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add(_ => ReferencePages.Read().Names.Select(one => new System.CommandLine.Completions.CompletionItem(one)));
        command.Add(name);
        command.SetAction(
            async (parsed, ct) =>
            {
                var pages = ReferencePages.Read();
                var page = parsed.GetValue(name) is { } one ? pages.Page(one) : pages.List();
                await Pager.Print(terminal, width => ReferenceText.Of(page, width), ct);
                return ExitCode.Done;
            }
        );
        return command;
    }
}
