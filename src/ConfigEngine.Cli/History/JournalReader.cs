using System.Text.Json;
using ConfigEngine.Cli.Applying;

namespace ConfigEngine.Cli.History;

/// <summary>
/// Reads journals: also those of older formats, those of runs that were killed in the middle of a line, and those that are still
/// being written.
/// </summary>
static class JournalReader
{
    /// <summary>Reads a journal.</summary>
    /// <exception cref="JournalException">The file cannot be read, is not a journal, or was written by a newer cfg.</exception>
    public static RecordedRun Read(string path)
    {
        // This is checked before the file is read: if the run ends in between, its end is in the file.
        var isRunning = new FileInfo(path) is { Exists: true, Length: > 0 } && RunFiles.IsBeingWritten(path);
        try
        {
            using var lines = File.ReadLines(path).GetEnumerator();
            var run = Begin(path, lines.MoveNext() ? Parse(lines.Current) : null);
            run.IsRunning = isRunning;
            var hosts = run.Hosts.ToDictionary(host => host.Name);
            var cut = false;
            while (lines.MoveNext())
            {
                run.Unreadable += cut ? 1 : 0;
                cut = !(Parse(lines.Current) is { } line && Take(run, hosts, line));
            }

            return run;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{path} cannot be read: {error.Message}");
        }
    }

    static RecordedRun Begin(string path, JsonElement? first)
    {
        if (
            first is not { } line
            || line.Text("event") is not "run-started"
            || line.Time() is not { } time
            || line.Number("formatVersion") is not { } format
        )
            throw new JournalException($"{path} is not a journal of cfg, or was cut off in its first line");
        if (format > JournalLines.Format)
            throw new JournalException(
                $"{path} was written by a newer cfg ({line.Text("cfg")}): its format is {format}, and this cfg reads up to "
                    + $"{JournalLines.Format}"
            );
        return new(path, (int)format, time)
        {
            User = line.Text("user") ?? "",
            Recipe = line.Text("recipe") ?? "",
            Directory = line.Text("directory"),
            Commit = line.Text("commit"),
            Digest = line.Text("digest") ?? "",
            Arguments = line.Texts("arguments"),
            Hosts = [.. line.Texts("hosts").Distinct().Select(host => new RecordedHost(host))],
        };
    }

    static bool Take(RecordedRun run, Dictionary<string, RecordedHost> hosts, JsonElement line)
    {
        if (line.Text("event") is not { } what || line.Time() is not { } time)
            return false;
        run.Last = time;
        if (what is "run-ended")
        {
            run.Ended = line.Text("outcome") ?? "done";
            run.ExitCode = (int?)line.Number("exitCode");
            return true;
        }

        if (line.Text("host") is { } name && hosts.TryGetValue(name, out var host))
            Take(host, what, time, line);
        return true;
    }

    static void Take(RecordedHost host, string what, DateTimeOffset time, JsonElement line)
    {
        var address = line.Text("address") ?? "";
        switch (what)
        {
            case "host-planned":
                host.Open = [.. line.Texts("addresses"), .. line.Texts("handlers")];
                return;
            case "change-started":
                host.Begun = (address, time);
                return;
            case "changes-sent":
                host.Sent.UnionWith(line.Texts("addresses"));
                return;
            case "change-ended":
                host.Ended[address] = Report(line, address);
                host.Begun = null;
                return;
            case "host-ended":
                host.States = States(line);
                return;
            case "host-done" or "host-failed" or "host-stopped" or "host-not-started":
                (host.HasEnded, host.Begun, host.Error) = (true, null, line.Text("error"));
                host.IsNotStarted = what is "host-not-started";
                return;
            case "change-done":
                host.Changes++;
                break;
            case "handler-done":
                host.HandlersDone++;
                break;
            case "replanned":
                host.Open = [.. host.Open.Union(RecordedChange.Addresses(line))];
                break;
            default:
                break;
        }

        host.Events.Add(new(what, address, line.Number("seconds"), line));
        if (what is "change-done" or "handler-done" or "already-converged")
        {
            host.Open.Remove(address);
            host.Sent.Remove(address);
            host.Begun = null;
        }
    }

    /// <summary>
    /// The results that the run itself wrote at its end. Before format 3, these were only failures and work that was not started.
    /// </summary>
    static IReadOnlyList<ChangeReport> States(JsonElement line) =>
        line.TryGetProperty("changes", out var changes) && changes.ValueKind is JsonValueKind.Array
            ?
            [
                .. changes
                    .EnumerateArray()
                    .Where(one => one.ValueKind is JsonValueKind.Object)
                    .Select(one => Report(one, one.Text("address") ?? "")),
            ]
            :
            [
                .. line.Texts("failed").Select(address => new ChangeReport(address, ChangeState.Failed) { Reached = Reached.Unknown }),
                .. line.Texts("notStarted").Select(address => new ChangeReport(address, ChangeState.NotBegun)),
            ];

    static ChangeReport Report(JsonElement line, string address) =>
        new(address, Value(line.Text("state"), ChangeState.InDoubt))
        {
            Reached = Value(line.Text("reached"), Reached.Unknown),
            IsHandler = line.TryGetProperty("isHandler", out var isHandler) && isHandler.ValueKind is JsonValueKind.True,
        };

    /// <summary>
    /// A value by its name in words with dashes. An unknown name, from a newer cfg, becomes the value that claims least.
    /// </summary>
    static T Value<T>(string? name, T unknown)
        where T : struct, Enum =>
        name is not null && Enum.TryParse<T>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : unknown;

    static JsonElement? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement is { ValueKind: JsonValueKind.Object } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static double? Number(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    static IReadOnlyList<string> Texts(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString() ?? "")]
            : [];

    static DateTimeOffset? Time(this JsonElement line) =>
        line.TryGetProperty("time", out var value) && value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out var time)
            ? time
            : null;
}
