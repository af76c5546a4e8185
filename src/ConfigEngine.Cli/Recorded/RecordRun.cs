using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>What <c>cfg record</c> was told.</summary>
/// <param name="Recipes">The recipes whose questions are asked.</param>
/// <param name="To">The file or directory.</param>
/// <param name="State">The name of the state that the hosts are in; none when null.</param>
/// <param name="Refresh">Whether answers that are in the file already may change.</param>
sealed record RecordChoice(IReadOnlyList<string> Recipes, string To, string? State, bool Refresh)
{
    /// <summary>Whether a new file is based on the host's recording without a state, and keeps only what that one does not say.</summary>
    public bool IsBased { get; init; }
}

/// <summary>Asks hosts what recipes ask for a plan, and keeps the answers.</summary>
sealed class RecordRun(RecordChoice record, RunChoice choice, Terminal terminal, Interrupts interrupts)
{
    /// <summary>Plans each recipe, and writes a recording of each host that answered.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var code = ExitCode.Done;
        foreach (var recipe in record.Recipes)
        {
            RecordingConnector? listening = null;
            await using var work = await RecipeRun.Load(
                recipe,
                choice,
                Then.Nothing,
                terminal,
                ct,
                connector => listening = new RecordingConnector(connector)
            );
            var hosts = work.Engine.Hosts.Select(assigned => assigned.Host.Name).ToList();
            if (hosts.Count == 0)
                throw new UsageException($"{recipe} has no block for {choice.On ?? "any host"}");
            if (hosts.Count > 1 && IsFile)
                throw new UsageException(
                    $"-o {record.To} is one file, and there are {hosts.Count} hosts\n  hint: name a directory; each host gets a file in it"
                );
            var plan = await work.Plan(terminal, interrupts, ct);
            foreach (var host in plan.Hosts)
            {
                var saved = listening?.Of(host.Host) is { } heard ? Save(host.Host, heard) : NotHeard(host);
                code = saved ? code : ExitCode.Failed;
            }
        }

        return code;
    }

    bool IsFile => record.To.EndsWith(RecordingFile.Ending, StringComparison.Ordinal);

    string? BaseOf(string host) =>
        !record.IsBased ? null
        : Path.Combine(IsFile ? Path.GetDirectoryName(record.To) ?? "" : record.To, host + RecordingFile.Ending) is var path
        && File.Exists(path)
            ? path
        : throw new UsageException($"--based: there is no {path}\n  hint: record {host} without --as and --based first");

    bool NotHeard(HostPlan host)
    {
        terminal.Fail(host.Error?.Message ?? $"{host.Host}: it gave no answer");
        return false;
    }

    bool Save(string host, RecordingConnector.Heard heard)
    {
        var path = IsFile
            ? record.To
            : Path.Combine(record.To, $"{host}{(record.State is null ? "" : $".{record.State}")}{RecordingFile.Ending}");
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
            Directory.CreateDirectory(directory);
        RecordingDraft draft = new(path, terminal.Redaction, BaseOf(host));
        var after = draft.After(heard, RecordedChoice.Today(terminal), Cfg.Version);
        var withheld = after.Answers.Where(answer => answer.Answer is null).Select(answer => answer.Of).ToList();
        if (withheld.Count > 0)
            terminal.Warn($"{path}: not kept, because it may hold a secret: {string.Join(", ", withheld)}");
        if (draft.Before is not { } before)
        {
            RecordingFile.Write(draft.Alone(after));
            terminal.Out.WriteLine($"{path}: {Counts.Of(after.Answers.Count, "answer")} of {host}, {Printable.Line(after.System)}");
            return true;
        }

        var moved = draft.Moved(before, after);
        var added = after.Answers.Count - before.Answers.Count;
        if (before.Pinned is { } why && record.Refresh)
            throw new UsageException($"{path} is pinned: {why}\n  hint: remove \"pinned\" from it first");
        if (moved.Count > 0 && !record.Refresh)
        {
            terminal.Fail(
                $"{path}: {host} has changed since {before.Date:yyyy-MM-dd}, and the file was left as it is:\n"
                    + string.Join('\n', moved.Select(line => $"    {line}"))
                    + "\n  hint: to take the new answers: add --refresh"
            );
            return false;
        }

        RecordingFile.Write(
            draft.Alone(after with { Date = moved.Count == 0 && added == 0 && !record.Refresh ? before.Date : after.Date })
        );
        terminal.Out.WriteLine(
            $"{path}: {(added == 0 ? "" : $"{Counts.Of(added, "new answer")}, ")}"
                + (moved.Count == 0 ? "nothing moved" : $"{moved.Count} moved:")
        );
        terminal.Print(moved.Select(line => new OutputLine(new Span($"    {Printable.Line(line)}", Ink.Changed))));
        return true;
    }
}
