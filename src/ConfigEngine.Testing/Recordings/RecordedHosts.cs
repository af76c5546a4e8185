using System.Collections.Concurrent;

namespace ConfigEngine.Testing;

/// <summary>
/// Hosts that are not there: each answers from its recording, without a network and without a process. An answer that a recording
/// does not have is an error that names the command to record it; nothing is ever assumed.
/// </summary>
/// <example><code>
/// await using Engine engine = new(recipe.Catalog, recipe.Inventory, RecordedHosts.In("recordings"), new());
/// var plan = await engine.Plan(_ => { }, ct);
/// </code></example>
public sealed class RecordedHosts : IStandIns
{
    readonly Func<string, HostRecording?> find;
    readonly Func<string, string> command;

    /// <param name="find">The recording of a host, by its name; null where there is none.</param>
    /// <param name="command">The command that records a host.</param>
    internal RecordedHosts(Func<string, HostRecording?> find, Func<string, string> command) => (this.find, this.command) = (find, command);

    /// <summary>The recordings in a directory: <c>HOST.json</c> for each host.</summary>
    /// <param name="directory">The directory, as <c>cfg record … -o</c> filled it.</param>
    public static RecordedHosts In(string directory)
    {
        ConcurrentDictionary<string, HostRecording?> read = [];
        return new(
            host =>
                read.GetOrAdd(
                    host,
                    name =>
                        Path.Combine(directory, name + RecordingFile.Ending) is var file && File.Exists(file)
                            ? RecordingFile.Read(file)
                            : null
                ),
            host => $"cfg record {Shell.Quote(host)} --for RECIPE -o {Shell.Quote(directory)}"
        );
    }

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        // Nothing here waits for anything, so hosts are planned beside each other only if each begins on a thread of its own.
        await Task.Yield();
        if (find(host.Name) is not { } recording)
            throw new NotRecordedException($"{host.Name}: there is no recording of it\n  hint: to make one: {command(host.Name)}");
        RecordedSession session = new(host.Name, recording, command(host.Name));
        how?.AtOnce?.Invoke(session);
        return session;
    }
}

/// <summary>A session with a recording.</summary>
/// <param name="host">The host's name.</param>
/// <param name="recording">What it said.</param>
/// <param name="command">The command that records more.</param>
sealed class RecordedSession(string host, HostRecording recording, string command) : IProbed
{
    /// <inheritdoc/>
    public Facts Facts { get; } = recording.Facts;

    /// <inheritdoc/>
    public CancellationToken Lost => CancellationToken.None;

    /// <inheritdoc/>
    public Task<Output> Ask(Request request, CancellationToken ct) =>
        !ReferenceEquals(request, Records.Ledger)
            ? Task.FromException<Output>(
                new NotRecordedException($"{host}: {request.What}: a recording can be planned, and nothing else can be done with it")
            )
        : recording.Find(Question.EarlierRuns, null)?.Answer is { } left ? Task.FromResult(left)
        : Task.FromException<Output>(Lacks([new(Question.EarlierRuns, Question.EarlierRuns, null)]));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ProbeRequest, Output>> Answers(IReadOnlyList<ProbeRequest> requests, CancellationToken ct)
    {
        Dictionary<ProbeRequest, Output> answers = [];
        List<RecordedAnswer> lacking = [];
        foreach (var request in requests)
        {
            if (recording.Find(request.Script.Plain, request.As)?.Answer is { } answer)
                answers[request] = request.For?.Restored(answer) ?? answer;
            else
                lacking.Add(new(Question.Of(request), request.Script.Plain, request.As));
        }

        return lacking.Count == 0
            ? Task.FromResult<IReadOnlyDictionary<ProbeRequest, Output>>(answers)
            : Task.FromException<IReadOnlyDictionary<ProbeRequest, Output>>(Lacks(lacking));
    }

    /// <inheritdoc/>
    public bool Has(ProbeRequest request) => recording.Find(request.Script.Plain, request.As) is { Answer: not null };

    NotRecordedException Lacks(List<RecordedAnswer> lacking)
    {
        const int Named = 5;
        var first = lacking[0];
        var detail =
            recording.Find(first.Asked, first.As) is not null
                ? "; it may hold a secret, so nothing of it was kept. Where a test needs it, write it into the file by hand"
            : recording.Answers.FirstOrDefault(other => other.Of == first.Of && other.As == first.As) is { } other
            && other.Of != Question.OfRecipe
                ? $"\n  asked now: {Text.Excerpt(first.Asked)}\n  recorded:  {Text.Excerpt(other.Asked)}"
            : $"\n  asked: {Text.Excerpt(first.Asked)}";
        return new(
            $"{host}: {recording.Path} has no answer of {Text.List([.. lacking.Select(one => one.Of).Distinct()], Named)}{detail}\n"
                + $"  hint: to record what is missing: {command}"
        );
    }

    /// <inheritdoc/>
    public Task<CfgException?> Halt(CancellationToken ct) => Task.FromResult<CfgException?>(null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The names of questions in recordings.</summary>
static class Question
{
    /// <summary>What earlier runs left on the host; it is asked with every plan.</summary>
    public const string EarlierRuns = "earlier runs";

    /// <summary>A question of the recipe's own code (<see cref="HostView.Ask"/>).</summary>
    public const string OfRecipe = "the recipe";

    /// <summary>What a question is for.</summary>
    public static string Of(ProbeRequest request) =>
        request.For?.Address ?? (request.What.StartsWith("$ ", StringComparison.Ordinal) ? OfRecipe : request.What);
}

/// <summary>A recording does not have an answer, or there is no recording.</summary>
sealed class NotRecordedException(string message) : CfgException(message);
