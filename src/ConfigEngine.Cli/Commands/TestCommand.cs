using System.CommandLine;
using ConfigEngine.Cli.Cases;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg test</c>: compares the plans of recipes on recorded hosts with the ones that were accepted.</summary>
static class TestCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new(
            "test",
            "Compare the plans of recipes on recorded hosts with the accepted ones, and check what must be true of every plan. "
                + "No host is contacted. Exits with 1 if one differs or something is wrong."
        );
        Argument<string?> path = new("path")
        {
            Description = "A recipe, or a directory with recipes and recordings [default: here]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var filter = Repeated.Option("--filter", "case", "Only the cases with this name, such as \"site.*\"");
        var accept = Repeated.Option("--accept", "case", "Accept the plan of this case, after you read it");
        var acceptAll = Numbers.Option("--accept-all", "Accept all plans that differ, if they are as many as this");
        Option<bool> reword = new("--reword")
        {
            Description = "Accept the plans that differ in cfg's own words alone, as after an upgrade of cfg, and say why others are not",
        };
        Option<bool> review = new("--review")
        {
            Description = "Go through the plans that differ, those with one cause together, and accept them",
        };
        Option<bool> watch = new("--watch") { Description = "Run again whenever a recipe, a recording or a page changes" };
        Option<bool> open = new("--open") { Description = "Open each difference in your diff tool" };
        Option<bool> unseen = new("--unseen")
        {
            Description = "Also list what no case shows: branches, attributes, and changes of each declaration",
        };
        Option<bool> mutate = new("--mutate")
        {
            Description =
                "Change one property of one resource at a time, and list the changes that no accepted plan shows. "
                + "Exits with 2 if there are any",
        };
        var seed = Numbers.Option("--seed", "With --mutate: try one change of each resource, chosen by this number, instead of all");
        Option<bool> json = new("--json") { Description = "Print the results as JSON" };
        Option<bool> tap = new("--tap") { Description = "Print the results in the Test Anything Protocol" };
        Option<string?> junit = new("--junit") { Description = "Also write the results as JUnit XML", HelpName = "file" };
        var limit = Durations.Option("--limit", "How long the code of a recipe may run [default: 30s]");
        command.Add(path);
        Paths.Complete(path, "*.csx", "*/");
        Option[] about = [accept, acceptAll, reword, review, watch, open, unseen, mutate, seed];
        foreach (var option in (Option[])[filter, .. about, json, tap, junit, limit])
            command.Add(option);
        var trust = Named.AddTo(command);
        Paths.Complete(junit);
        Excludes(command, reword, "accepts by itself", accept, acceptAll);
        Excludes(command, unseen, "looks at all cases", filter);
        Excludes(command, mutate, "only compares with pages that are accepted", accept, acceptAll, reword, review, watch, open);
        Excludes(command, mutate, "has a form for people, and JSON", tap, junit);
        Excludes(command, mutate, "is another list", unseen);
        Excludes(command, unseen, "has a form for people, and JSON", tap);
        command.Validators.Add(result =>
        {
            if (IsGiven(result, seed) && !IsGiven(result, mutate))
                result.AddError("--seed chooses mutants: give it with --mutate");
        });
        command.SetAction(
            async (parsed, ct) =>
            {
                using var report = NewFile.Of(parsed, junit);
                TestChoice choice = new()
                {
                    Path = parsed.GetValue(path) is { Length: > 0 } given
                        ? given.TrimEnd('/') is { Length: > 0 } trimmed
                            ? trimmed
                            : "/"
                        : ".",
                    Filter = parsed.GetValue(filter) ?? [],
                    Accept = parsed.GetValue(accept) ?? [],
                    AcceptAll = parsed.GetValue(acceptAll),
                    Unseen = parsed.GetValue(unseen),
                    Rewords = parsed.GetValue(reword),
                    Mutates = parsed.GetValue(mutate),
                    Seed = parsed.GetValue(seed),
                    Limit = parsed.GetValue(limit) ?? TimeSpan.FromSeconds(30),
                    Trusted = parsed.GetValue(trust) ?? [],
                };
                var accepts = choice.Accept.Count > 0 || choice.AcceptAll is not null;
                if ((accepts || choice.Rewords || parsed.GetValue(review)) && terminal.IsBuildServer)
                    throw new UsageException("a build server accepts nothing: read the plans and accept them where you work");
                TestResults? before = null;
                if (!parsed.GetValue(watch))
                    return await Once([]);
                await new WatchRun(choice.Path, terminal).Run(Once, ct);
                return ExitCode.Done;

                async Task<int> Once(IReadOnlyCollection<string> changed)
                {
                    TestRun run = new(choice, terminal);
                    var results = before = await run.Run(before is null ? null : new Affected(before, changed), ct);
                    if (accepts)
                        results = run.Accept(results);
                    else if (choice.Rewords)
                        results = Reworded(results);
                    run.Write(results);
                    foreach (var warning in results.Recipes.SelectMany(recipe => recipe.Warnings).Distinct())
                        terminal.Warn(warning);
                    if (parsed.GetValue(review))
                    {
                        results = new Reviewing(terminal).Run(results);
                        run.Write(results);
                    }

                    if (parsed.GetValue(json))
                        terminal.PrintJson(TestReports.Document(results));
                    else if (parsed.GetValue(tap))
                        terminal.Out.Write(TestReports.Tap(results));
                    else
                        terminal.Print(TestText.Of(results, choice.Path));
                    report?.Write(TestReports.JUnit(results));
                    if (parsed.GetValue(open) && !terminal.IsBuildServer)
                        await DiffTool.Open(results, terminal);
                    return !results.Succeeded ? ExitCode.Failed
                        : results.Mutations is { Missed.Count: > 0 } ? ExitCode.Changes
                        : ExitCode.Done;
                }

                TestResults Reworded(TestResults before)
                {
                    var after = TestRun.Reword(before);
                    terminal.Say($"{Counts.Of(before.Open.Count - after.Open.Count, "page")} had new words for the same plan: accepted.");
                    return after;
                }
            }
        );
        return command;
    }

    /// <summary>Says why an option cannot be used with others.</summary>
    static void Excludes(Command command, Option option, string because, params IReadOnlyList<Option> others) =>
        command.Validators.Add(result =>
        {
            foreach (var other in others.Where(other => IsGiven(result, option) && IsGiven(result, other)))
                result.AddError($"{option.Name} and {other.Name} cannot be used together: {option.Name} {because}");
        });

    static bool IsGiven(System.CommandLine.Parsing.CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
