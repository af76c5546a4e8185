using System.Text.Json.Nodes;
using ConfigEngine.Cli.History;
using ConfigEngine.Rendering;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>Journals made by hand, of what reading has to show.</summary>
sealed class Journals(string directory)
{
    DateTimeOffset begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    static readonly string[] Hosts = ["web1", "web2", "web3", "db1", "db2"];

    readonly Dictionary<string, string> paths = [];

    public string Directory => directory;

    /// <summary>The ids by what the journals are of.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    public IEnumerable<string> Names =>
        System.IO.Directory.EnumerateFiles(directory).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public string PathOf(string name) => paths[name];

    public void Write(string name, string file, string content)
    {
        System.IO.Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"{file}.jsonl");
        File.WriteAllText(path, content);
        (paths[name], Ids[name]) = (path, RunFiles.IdOf(path));
    }

    /// <summary>One of an older cfg, one that failed on a host, one that was killed, one that was done; the newest last.</summary>
    public void WriteAll()
    {
        var motd = Plans.File(
            "/etc/motd",
            "hello\n",
            "welcome\n",
            new AttributeChange("mode", Mode.Parse("0600"), Mode.Parse("0644"))
        ) with
        {
            Notifies = ["restart motd"],
        };
        var issue = Plans.File("/etc/issue", null, "issue\n");
        var tool = Plans.Change(Verb.Run, "command", "make install", new AttributeChange("done", null, true));

        Write(
            "old",
            "20260102T030405Z-10",
            Lines(
                Started(1, ["web1"]),
                Event(new ChangeStarted("web1", motd.Address), 0.2),
                Event(new ChangeDone("web1", motd, TimeSpan.FromSeconds(0.25)), 0.5),
                Event(new HostDone("web1"), 0.7),
                Ended("not everything was done", 1, 0.8)
            )
        );

        begin = begin.AddHours(1);
        Write(
            "failed",
            "20260102T040405Z-11",
            Lines([
                Started(2, Hosts),
                .. Hosts.Select(host => Planned(host, host is "db2" ? [] : [motd.Address, tool.Address, issue.Address])),
                .. Hosts[..4]
                    .SelectMany(host =>
                        (string[])
                            [
                                Event(new ChangeStarted(host, motd.Address), 0.2),
                                Event(new ChangeDone(host, motd, TimeSpan.FromSeconds(host is "web2" ? 1.5 : 0.25)), 0.5),
                            ]
                    ),
                Event(new Replanned("db1", [tool, issue]), 0.6),
                Event(new ChangeStarted("db1", tool.Address), 0.6),
                Event(
                    new HostFailed(
                        "db1",
                        new OperationFailedException(
                            "db1",
                            tool.Address,
                            "$ make install",
                            2,
                            "make: *** No rule to make target 'install'."
                        )
                    ),
                    2
                ),
                .. Hosts[..3]
                    .SelectMany(host =>
                        (string[])
                            [
                                Event(new AlreadyConverged(host, tool.Address), 2),
                                Event(new AlreadyConverged(host, issue.Address), 2),
                                Event(new HandlerDone(host, "restart motd", TimeSpan.FromSeconds(65)), 70),
                                Event(new HostDone(host), 70),
                            ]
                    ),
                Event(new ChangeDone("db1", issue, TimeSpan.Zero), 70.5),
                Event(new HostDone("db2"), 70.5),
                Text(
                    "host-ended",
                    71,
                    new()
                    {
                        ["host"] = "db1",
                        ["failed"] = new JsonArray(tool.Address),
                        ["notStarted"] = new JsonArray("restart motd"),
                    }
                ),
                Ended("failed", 1, 71.2),
            ])
        );

        begin = begin.AddHours(1);
        Write(
            "killed",
            "20260102T050405Z-12",
            Lines(
                Started(2, ["web1", "db1"]),
                Planned("web1", [motd.Address, tool.Address, issue.Address]),
                Planned("db1", [issue.Address]),
                Event(new ChangeStarted("web1", motd.Address), 0.2),
                Event(new ChangeDone("web1", motd, TimeSpan.FromSeconds(0.25)), 0.5),
                "not JSON",
                Event(new ChangeStarted("web1", tool.Address), 0.6)
            ) + Event(new ChangeDone("web1", tool, TimeSpan.FromSeconds(3)), 3.6)[..70]
        );

        begin = begin.AddHours(1);
        Write(
            "done",
            "20260102T060405Z-13",
            Lines(
                Started(2, ["db1"]),
                Planned("db1", [issue.Address]),
                Event(new ChangeDone("db1", issue, TimeSpan.FromSeconds(0.05)), 0.1),
                Event(new RebootStarted("db1", "reboot of the host"), 0.2),
                Event(new RebootDone("db1", TimeSpan.FromSeconds(42)), 42.2),
                Event(new HostDone("db1"), 42.2),
                Ended("done", 0, 42.3)
            )
        );
    }

    static string Lines(params IReadOnlyList<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    string Started(int format, IReadOnlyList<string> hosts) =>
        Text(
            "run-started",
            0,
            new()
            {
                ["formatVersion"] = format,
                ["cfg"] = "0.1.0",
                ["user"] = "ada",
                ["recipe"] = "recipes/site.csx",
                ["digest"] = "0da4c50b7abad0a484cae288a2b4cd53295e559c5b5b457c9806a958e7e80d10",
                ["hosts"] = new JsonArray([.. hosts.Select(host => JsonValue.Create(host))]),
                ["arguments"] = new JsonArray("apply", "recipes/site.csx", "--on", "web,db 1"),
            }
        );

    string Planned(string host, IReadOnlyList<string> addresses) =>
        Text(
            "host-planned",
            0.1,
            new()
            {
                ["host"] = host,
                ["addresses"] = new JsonArray([.. addresses.Select(address => JsonValue.Create(address))]),
                ["handlers"] = addresses.Count > 1 ? new JsonArray("restart motd") : [],
            }
        );

    string Ended(string outcome, int code, double seconds) =>
        Text("run-ended", seconds, new() { ["outcome"] = outcome, ["exitCode"] = code });

    string Event(ApplyEvent happened, double seconds) => EventJson.Line(happened, begin.AddSeconds(seconds));

    string Text(string what, double seconds, JsonObject rest)
    {
        rest.Insert(0, "time", begin.AddSeconds(seconds).ToString("O"));
        rest.Insert(1, "event", what);
        return rest.ToJsonString(Json.Compact.Options);
    }
}
