using ConfigEngine.Rendering;
using ConfigEngine.Resources;

namespace ConfigEngine.Tests;

/// <summary>A host is planned in states that nobody observed, by the planner's own predictions.</summary>
public sealed class PredictedHostTests
{
    const string NoUnit =
        "Id=nginx.service\nLoadError=\nFragmentPath=\nSourcePath=\nLoadState=not-found\nUnitFileState=\nActiveState=inactive\n";
    const string Absent = "absent|absent\nmissing\n";

    static readonly Handler Restart = new("restart app", $"true");

    static readonly IReadOnlyList<(Resource Resource, string Answer)> App =
    [
        (new ConfigEngine.Resources.Directory("/srv/app") { Mode = "0750" }, "absent|directory\nmissing\n"),
        (new ConfigEngine.Resources.File("/srv/app/settings") { Content = "a = 1\n", Notifies = [Restart] }, Absent),
        (new ConfigEngine.Resources.File("/srv/app/motd") { Content = "hello\n", Mode = "0644" }, Absent),
    ];

    static readonly IReadOnlyList<(Resource Resource, string Answer)> Nginx =
    [
        (new Package("nginx"), "apt|amd64\n"),
        (new Package("curl"), "apt|amd64\n"),
        (new SystemdUnit("nginx.service") { Enabled = true, Running = true }, NoUnit),
    ];

    static string From(string state, params IReadOnlyList<(Resource Resource, string Answer)> resources)
    {
        IReadOnlyList<(int, IReadOnlyList<Resource>)> blocks = [(1, [.. resources.Select(one => one.Resource)])];
        Dictionary<ProbeRequest, Output> answers = [];
        foreach (var (resource, answer) in resources.Where(one => Unknowns.Of(one.Resource).Count == 0))
            answers[Planner.Probes([resource])[0]] = Output.Of(answer);
        var plan = Planner.Plan("web1", blocks, answers, []);
        var from = PredictedState.Find(state)?.Of(plan, new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        Assert.NotNull(from);
        return Ansi.Plain(
            PlanText.Render(new([Planner.Plan("web1", blocks, answers, from.Owed, from: from)]), new() { Diff = DiffDetail.None })
        );
    }

    static void Is(string expected, string plan) => Assert.Equal(expected.ReplaceLineEndings("\n"), plan.TrimEnd('\n'));

    [Fact]
    public void After_all_of_a_plan_there_is_nothing_to_do() =>
        Is("web1  up to date\n\nNo changes. All hosts match the recipe.", From("converged", App));

    [Fact]
    public void What_was_changed_by_hand_is_changed_back() =>
        Is(
            """
            web1
              ~ directory /srv/app
                  mode  0600 → 0750
              ~ file /srv/app/settings
                  content  22 → 6 bytes
              ~ file /srv/app/motd
                  content  22 → 6 bytes
              ↻ restart app, because file /srv/app/settings changes

            Plan: 1 host, 3 changes (exact), 1 handler.
            """,
            From("drifted", App)
        );

    [Fact]
    public void A_handler_that_never_ran_is_owed() =>
        Is(
            """
            web1
              ↻ restart app, pending since 2026-11-27 12:00 UTC by an apply that was cut off, because file /srv/app/settings changed

            Plan: 1 host, no changes, 3 unchanged, 1 handler.
            """,
            From("owed", App)
        );

    [Fact]
    public void An_apply_that_was_cut_off_goes_on_after_its_last_step()
    {
        Is(
            """
            web1
              + file /srv/app/settings
                  content  6 bytes
              + file /srv/app/motd
                  mode     0644
                  content  6 bytes
              ↻ restart app, because file /srv/app/settings changes

            Plan: 1 host, 2 changes (exact), 1 unchanged, 1 handler.
            """,
            From("cut:1", App)
        );
        Is(
            """
            web1
              + file /srv/app/motd
                  mode     0644
                  content  6 bytes
              ↻ restart app, pending since 2026-11-27 12:00 UTC by an apply that was cut off, because file /srv/app/settings changed

            Plan: 1 host, 1 change (exact), 2 unchanged, 1 handler.
            """,
            From("cut:2", App)
        );
        Assert.Equal(From("owed", App), From("cut:3", App));
        Assert.Equal(From("converged", App), From("cut:4", App));
    }

    [Fact]
    public void One_transaction_is_one_step_and_what_follows_is_predicted_from_it()
    {
        Is(
            """
            web1
              + systemd-unit nginx.service  predicted, after package nginx
                  enabled  true
                  running  true

            Plan: 1 host, 1 change (1 predicted), 2 unchanged.
            """,
            From("cut:1", Nginx)
        );
        Assert.Contains("up to date", From("cut:2", Nginx), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_was_removed_by_hand_comes_back() =>
        Assert.Contains("+ package nginx  unknown until apply", From("drifted", Nginx), StringComparison.Ordinal);

    [Fact]
    public void What_no_prediction_tells_is_named() =>
        Is(
            """
            web1
              ? systemd-unit nginx.service  not predicted: an apply probes it again after package nginx
              ? authorized-key deploy: KEY  not predicted: a part of it comes from the KEY

            Plan: 1 host, no changes, 2 unchanged, 2 not predicted.
            """.Replace("KEY", "public key of ssh-key ~deploy/.ssh/id_ed25519", StringComparison.Ordinal),
            From(
                "converged",
                (new Package("nginx") { Version = "1.22.1-9" }, "apt|amd64\ninstalled|install|1.18.0-6|amd64\n"),
                (
                    new SystemdUnit("nginx.service") { Running = true },
                    NoUnit.Replace(
                        "not-found\nUnitFileState=\nActiveState=in",
                        "loaded\nUnitFileState=enabled\nActiveState=",
                        StringComparison.Ordinal
                    )
                ),
                (new ConfigEngine.Resources.File("/srv/x") { Content = "x\n" }, "absent|directory\nmissing\n"),
                (new AuthorizedKey("deploy", new SshKey("deploy").PublicKey), "")
            )
        );

    [Fact]
    public void What_a_later_line_undoes_is_not_settled() =>
        Is(
            """
            web1
              ~ line /etc/hosts: 127.0.0.9 nine
                  content  20 → 35 bytes
              ~ no-line /etc/hosts: /^127\.0\.0\.9/
                  content  35 → 20 bytes

            Plan: 1 host, 2 changes (exact).
            """,
            From(
                "converged",
                (new Line("/etc/hosts", "127.0.0.9 nine"), Lines("127.0.0.1 localhost\n")),
                (new NoLine("/etc/hosts") { Matching = @"^127\.0\.0\.9" }, Lines("127.0.0.1 localhost\n"))
            )
        );

    [Fact]
    public void What_runs_at_every_apply_is_in_every_plan() =>
        Assert.Contains(
            "! command date >/srv/now",
            From("converged", (new Command($"date >/srv/now"), "done=false\n")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("fresh")]
    [InlineData("cut:")]
    [InlineData("cut:-1")]
    [InlineData("cut:x")]
    [InlineData("")]
    public void Other_names_are_no_states(string name) => Assert.Null(PredictedState.Find(name));

    static string Lines(string text)
    {
        Content bytes = text;
        return $"file|644|root|root|{bytes.Length}|{bytes.Digest}\nmissing\n{text}";
    }
}
