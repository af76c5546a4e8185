using System.CommandLine;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Showing;

/// <summary>The options that say how much of a plan is shown.</summary>
sealed class ViewOptions
{
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Also show operations, whole new files and long lines" };

    readonly Option<bool> summary = new("--summary") { Description = "Show one line for each host" };

    readonly Option<DiffDetail?> diff = new("--diff")
    {
        Description = "How much of the contents of files is shown: none, short or full [default: short]",
        HelpName = "none|short|full",
        CustomParser = parsed =>
        {
            if (Words.TryGetValue(parsed.Tokens[0].Value, out var detail))
                return detail;
            parsed.AddError($"--diff {parsed.Tokens[0].Value}: use none, short or full");
            return null;
        },
    };

    static readonly Dictionary<string, DiffDetail> Words = new(StringComparer.Ordinal)
    {
        ["none"] = DiffDetail.None,
        ["short"] = DiffDetail.Short,
        ["full"] = DiffDetail.Full,
    };

    readonly Option<bool> noPager = new("--no-pager")
    {
        Description = "Print what is longer than the terminal, instead of showing it in a pager ($CFG_PAGER, $PAGER or less)",
    };

    /// <summary>Adds them to a command that only shows a plan.</summary>
    public static ViewOptions AddTo(Command command) =>
        new ViewOptions().Add(command, view => [view.verbose, view.summary, view.diff, view.noPager]);

    /// <summary>Adds them to a command that asks after it has shown the plan, which stays on the terminal for that.</summary>
    public static ViewOptions AddToApply(Command command) =>
        new ViewOptions().Add(command, view => [view.verbose, view.summary, view.diff]);

    /// <summary>Adds them to a command that shows what was saved, which has no counts for each host.</summary>
    public static ViewOptions AddToShow(Command command) =>
        new ViewOptions().Add(command, view => [view.verbose, view.diff, view.noPager]);

    /// <summary>Adds what a command has that shows differences of plans.</summary>
    public static ViewOptions AddToDiff(Command command) => new ViewOptions().Add(command, view => [view.noPager]);

    ViewOptions Add(Command command, Func<ViewOptions, Option[]> options)
    {
        diff.CompletionSources.Add([.. Words.Keys]);
        foreach (var option in options(this))
            command.Add(option);
        return this;
    }

    /// <summary>What a command line says.</summary>
    public PlanTextOptions Of(ParseResult parsed) =>
        new()
        {
            Verbose = parsed.GetValue(verbose),
            Summary = parsed.GetValue(summary),
            Diff = parsed.GetValue(diff) ?? DiffDetail.Short,
        };

    /// <summary>Prints lines, or shows them in the user's pager where they are longer than the terminal.</summary>
    public Task Print(ParseResult parsed, Terminal terminal, Func<int?, IEnumerable<OutputLine>> lines, CancellationToken ct)
    {
        if (!parsed.GetValue(noPager))
            return Pager.Print(terminal, lines, ct);
        terminal.Print(lines);
        return Task.CompletedTask;
    }
}
