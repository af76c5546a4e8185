using System.Globalization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Rendering;

/// <summary>Plans made by hand, of what rendering has to show.</summary>
static class Plans
{
    public static readonly SourceLine Source = new("recipes/site.csx", 12, 5);

    public static Change Change(Verb verb, string kind, string key, params AttributeChange[] attributes) =>
        new()
        {
            Verb = verb,
            Kind = kind,
            Key = key,
            Certainty = Certainty.Exact,
            Attributes = attributes,
            Source = Source,
        };

    public static Change File(string path, Content? before, Content? after, params AttributeChange[] others) =>
        Change(
            before is null ? Verb.Create
                : after is null ? Verb.Remove
                : Verb.Update,
            "file",
            path,
            [new("content", before, after), .. others]
        );

    public static HostPlan Host(string name, params IReadOnlyList<Change> changes) => Blocks(name, Block(1, changes));

    public static HostPlan Blocks(string name, params IReadOnlyList<BlockPlan> blocks) =>
        new(name, blocks) { System = "Debian GNU/Linux 12 (bookworm)" };

    public static BlockPlan Block(int number, params IReadOnlyList<Change> changes) =>
        new(
            number,
            [
                new(new ConfigEngine.Resources.Directory("/converged")),
                .. changes.Select(change => new PlannedChange(new ConfigEngine.Resources.Directory("/changed"), change)),
            ],
            [
                .. changes
                    .SelectMany(change => change.Notifies, (change, handler) => (handler, change))
                    .GroupBy(call => call.handler)
                    .Select(calls => new HandlerCall(
                        new(calls.Key, Shell.Verbatim($"systemctl restart {calls.Key[8..]}")) { Restarts = calls.Key[8..] },
                        [.. calls.Select(call => call.change.Address)],
                        calls.Min(call => call.change.Certainty)
                    )),
            ]
        );

    public static HostPlan Failed(string name, CfgException error) => new(name, []) { Error = error };

    public static string Lines(int count, Func<int, string?>? line = null) =>
        string.Concat(
            Enumerable.Range(1, count).Select(i => (line?.Invoke(i) ?? $"line {i.ToString(CultureInfo.InvariantCulture)}") + "\n")
        );

    public static string Text(int? width, params IReadOnlyList<HostPlan> hosts) =>
        Ansi.Plain(PlanText.Render(new(hosts), new() { Width = width }));

    public static string Verbose(params IReadOnlyList<HostPlan> hosts) =>
        Ansi.Plain(PlanText.Render(new(hosts), new() { Width = 100, Verbose = true }));

    /// <summary>A site as in the README: two web servers alike, a database, one that is right, one that is down.</summary>
    public static Plan Site()
    {
        IReadOnlyList<Change> web =
        [
            Change(Verb.Create, "package", "nginx", new AttributeChange("version", null, "1.22.1-9")) with
            {
                Effects = [new(EffectKind.Installs, "nginx-common") { Detail = "1.22.1-9" }],
                Operations = [new(Shell.Verbatim("apt-get install -y nginx"))],
            },
            File(
                "/etc/nginx/nginx.conf",
                Lines(30),
                Lines(30, i => i == 12 ? "worker_connections 1024;" : null),
                new AttributeChange("mode", Mode.Parse("0600"), Mode.Parse("0644"))
            ) with
            {
                Notifies = ["restart nginx.service"],
                Certainty = Certainty.Predicted,
                Because = "after package nginx",
                Operations = [new(Shell.Verbatim("cfg_write …")) { Title = "write /etc/nginx/nginx.conf (241 bytes)" }],
            },
            Change(
                Verb.Update,
                "systemd-unit",
                "nginx.service",
                new AttributeChange("enabled", false, true),
                new("running", false, true)
            ) with
            {
                Certainty = Certainty.Unknown,
                Because = "after package nginx: systemctl is not there yet",
            },
            Change(Verb.Recheck, "file", "/etc/nginx/mime.types") with
            {
                Certainty = Certainty.Predicted,
                Because = "after package nginx",
            },
        ];
        return new([
            Host("web1", web),
            Host("web2", web),
            Host(
                "db1",
                File(
                    "/etc/postgresql/15/main/conf.d/memory.conf",
                    null,
                    "shared_buffers = 4023MB\n",
                    new AttributeChange("type", null, "file"),
                    new("owner", null, "postgres")
                )
            ),
            Host("cache1"),
            Failed(
                "web3",
                new HostUnreachableException("web3", "no answer on port 22 within 10 s", "Is it up, and is the address right? ssh web3")
            ),
        ]);
    }
}
