namespace ConfigEngine.Tests.Cli;

/// <summary>The mistakes of <see cref="MistakeTests"/>.</summary>
static class Mistakes
{
    public static IReadOnlyList<(string Title, IReadOnlyList<string> Recipes)> InRecipes { get; } =
    [
        (
            "Lists",
            [
                """
                On("web1", new Package("a"), null);
                On("web1", host => [new Package("b"), null]);
                """,
                """
                On("web1",
                    new Package("a"),
                    if (true) new Package("b"));
                """,
                """
                On("web1", host =>
                [
                    new Package("a"),
                    .. host.Name == "x" ? [new Package("b")] : [],
                ]);
                """,
                """
                On("web1", host =>
                [
                    foreach (var name in new[] { "a" }) new Package(name),
                ]);
                """,
                """
                On("web1",
                    new Package("a"),
                    new Package("b"),
                );
                """,
                """
                On("web1",
                    new Package("a")
                    new Package("b"));
                """,
                """On("web1", new Package("a"),, new Package("b"));""",
                """On("web1", host => new Package("a"));""",
                """On("web1", host => { new Package("a"), new Package("b") });""",
                """On("web1", new Package(["git", "vim"]));""",
            ]
        ),
        (
            "Names and properties of other tools",
            [
                """On("web1", new Package("tree") { State = "absent" });""",
                """On("web1", new SystemdUnit("a.service") { State = "started" });""",
                """On("web1", new Package("git") { Version = "absent" });""",
                """On("web1", new Package("git") { Version = "latest" });""",
                """On("web1", new File("/etc/motd") { Source = "motd" });""",
                """On("web1", new Tree("/srv/www") { Source = "files" });""",
                """On("web1", new Package("a") { Source = new SourceLine("x", 1) });""",
                """On("web1", new Package("a") { When = true });""",
                """On("web1", new Package("a") { Notify = [] });""",
                """On("web1", new Command($"id") { Register = "who" });""",
                """On("web1", new Service("nginx"));""",
                """
                - hosts: web
                  tasks:
                    - apt: name=nginx
                """,
            ]
        ),
        (
            "Text",
            [
                """
                var port = 80;
                On("web1", new File("/x") { Content = $"server { listen {port}; }" });
                """,
                """"
                var port = 80;
                On("web1", new File("/x")
                {
                    Content = $"""
                        server {
                            listen {port};
                        }
                        """,
                });
                """",
                """"
                On("web1", new File("/x") { Content = """
                  a
                    """ });
                """",
                "On(\"web1\", new File(\"/x.sh\") { Content = \"\"\"\r\n    #!/bin/sh\r\n    \"\"\" });\r",
                """On('web1', new Package('nginx'));""",
                """On("web1", new Command("ls"));""",
            ]
        ),
        (
            "Files of this machine",
            [
                """On("web1", new File("/etc/motd") { Content = File.ReadAllText("motd.txt") });""",
                """On("web1", File.Exists("/x") ? new Package("a") : null);""",
                """
                On("web1",
                    new Package("a"),
                    new File("/etc/motd") { Content = Local("none") });
                """,
            ]
        ),
        (
            "Values",
            [
                """On("web1", new SystemdUnit("a.service") { Runing = true });""",
                """On("web1", new SystemdUnit("a.service") { Running = "yes" });""",
                """On("web1", new File("/x"));""",
                """On("web1", Package("a"));""",
                """On("web1", new File("/x") { Content = "", Mode = 0644 });""",
                """
                On("web1", host =>
                [
                    new File("/x")
                    {
                        Content = "",
                        Mode = "rwx",
                    },
                ]);
                """,
                """On("web1", new File("x") { Content = "" });""",
                """On("web1", new File("~/x") { Content = "" });""",
                """On("web1", host => [new File("/x") { Content = host.Vars["port"] }]);""",
                """On("web1", host => [host.Facts.Memory > 4 * 1024L ? new Package("a") : null]);""",
                """On("web1", host => [host.Facts.Memory > ByteSize.FromGibibytes(4) ? new Package("a") : null]);""",
                """On("web1", new CronJob("x") { Command = "ls" });""",
                """On("web1", new Line("/etc/hosts") { Text = "x" });""",
                """On("web1", new AuthorizedKey("ssh-ed25519 AAAA x@y", "root"));""",
                """
                var nginx = new SystemdUnit("nginx.service");
                On("web1", new File("/x") { Content = "", Notifies = [nginx] });
                """,
                """
                var password = Secrets.Environment("PASSWORD");
                On("web1", new Command($"login {password}"));
                """,
            ]
        ),
        (
            "Hosts and blocks",
            [
                """On("wbe1", new Package("a"));""",
                """new Package("a");""",
                """
                On("web1", new Package("a"));
                On("web1", new Package("a"));
                """,
                """
                var a = On("web1", new Package("a"));
                var b = On("db1", new Package("b"));
                a.After = [b];
                b.After = [a];
                """,
                "// nothing",
            ]
        ),
        (
            "What differs at every run",
            [
                """On("web1", new File("/x") { Content = $"{DateTime.Now}" });""",
                """On("web1", new File("/x") { Content = $"{Guid.NewGuid()}" });""",
                """
                var random = new Random();
                On("web1", new File("/x") { Content = $"{random.Next()}" });
                """,
            ]
        ),
        (
            "Code",
            [
                """Task.Delay(1);""",
                """Thread.Sleep(1);""",
                """throw new InvalidOperationException("no such site");""",
                """
                // plan
                On("all", host =>
                [
                    new Package("a"),
                    new Package(int.Parse("x").ToString()),
                ]);
                """,
                """
                // plan
                On("all", host =>
                [
                    new Package(host.Var<string>("name")),
                ]);
                """,
                """
                // plan
                On("all", host =>
                {
                    throw new Exception("not for this one");
                });
                """,
            ]
        ),
    ];

    /// <summary>
    /// <c>plan --dry-run</c>, <c>apply --auto-approve</c> and <c>plan --limit</c> are no mistakes: they are understood, and want hosts.
    /// </summary>
    public static IReadOnlyList<string> OnTheCommandLine { get; } =
    [
        "plan --verbos",
        "apply --check",
        "facts web1 --host-deadline 3s",
        "pln",
        "plan --parallel x",
        "plan none.csx",
        "plan --on",
    ];
}
