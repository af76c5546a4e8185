using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests;

/// <summary>What a plan says of what it cannot know: predicted, unknown, looked at again, or an error.</summary>
public sealed class PlannerTests
{
    const string NotInstalled = "apt|amd64\n";
    const string NoUnit =
        "Id=nginx.service\nLoadError=\nFragmentPath=\nSourcePath=\nLoadState=not-found\nUnitFileState=\nActiveState=inactive\n";
    const string Running =
        "Id=nginx.service\nLoadError=\nFragmentPath=\nSourcePath=\nLoadState=loaded\nUnitFileState=enabled\nActiveState=active\n";
    const string Nothing = "absent|directory\nmissing\n";

    [Fact]
    public void A_unit_that_a_package_brings_is_predicted_and_not_an_error() =>
        Plan([
            (new Package("nginx"), Output.Of(NotInstalled)),
            (new SystemdUnit("nginx.service") { Enabled = true, Running = true }, Output.Of(NoUnit)),
        ]);

    [Fact]
    public void A_unit_that_nothing_brings_is_an_error_that_says_so() =>
        Plan([
            (
                new SystemdUnit("nginx.service")
                {
                    Enabled = true,
                    Running = true,
                    Source = new("site.csx", 3, 5),
                },
                Output.Of(NoUnit)
            ),
        ]);

    [Fact]
    public void A_unit_that_runs_already_is_looked_at_again_after_a_package_changed() =>
        Plan([
            (new Package("nginx") { Version = "1.22.1-9" }, Output.Of("apt|amd64\ninstalled|install|1.18.0-6|amd64\n")),
            (new SystemdUnit("nginx.service") { Running = true }, Output.Of(Running)),
        ]);

    [Fact]
    public void A_file_in_a_directory_that_is_made_before_it_is_exact() =>
        Plan([
            (new ConfigEngine.Resources.Directory("/srv/app"), Output.Of(Nothing)),
            (new ConfigEngine.Resources.File("/srv/app/settings") { Content = "a = 1\n" }, Output.Of("absent|absent\nmissing\n")),
        ]);

    [Fact]
    public void A_file_in_a_directory_that_nobody_makes_is_an_error() =>
        Plan([
            (
                new ConfigEngine.Resources.File("/srv/app/settings") { Content = "a = 1\n", Source = new("site.csx", 7) },
                Output.Of("absent|absent\nmissing\n")
            ),
        ]);

    [Fact]
    public void A_file_whose_owner_is_made_before_it_is_exact() =>
        Plan([
            (new User("deploy"), Output.Of("missing\nabsent\n")),
            (
                new ConfigEngine.Resources.File("/srv/settings") { Content = "a = 1\n", Owner = "deploy" },
                Output.Of("absent|directory\nmissing user:deploy\n")
            ),
        ]);

    [Fact]
    public void An_owner_who_does_not_exist_is_an_error() =>
        Plan([
            (
                new ConfigEngine.Resources.File("/srv/settings") { Content = "a = 1\n", Owner = "deploi" },
                Output.Of("absent|directory\nmissing user:deploi\n")
            ),
        ]);

    [Fact]
    public void A_command_of_unknown_effect_makes_what_follows_predicted() =>
        Plan([
            (new Command($"make install"), Output.Of("done=false\n")),
            (new ConfigEngine.Resources.File("/srv/settings") { Content = "a = 1\n" }, Output.Of(Nothing)),
        ]);

    [Fact]
    public void A_command_that_says_what_it_touches_leaves_the_rest_exact() =>
        Plan([
            (new Command($"make install") { Touches = ["/usr/local"] }, Output.Of("done=false\n")),
            (new ConfigEngine.Resources.File("/srv/settings") { Content = "a = 1\n" }, Output.Of(Nothing)),
        ]);

    [Fact]
    public void A_command_that_creates_a_path_is_exact_where_nothing_before_it_writes_that_path() =>
        Plan([
            (new ConfigEngine.Resources.File("/srv/settings") { Content = "a = 1\n" }, Output.Of(Nothing)),
            (new Command($"initdb") { Creates = "/srv/db/PG_VERSION", Touches = ["/srv/db"] }, Output.Of("done=false\n")),
            (new Command($"createdb app") { Unless = $"test -e /srv/db/app", Touches = ["/srv/db"] }, Output.Of("done=false\n")),
        ]);

    [Fact]
    public void Lines_of_one_file_are_planned_each_on_what_the_one_before_leaves() =>
        Plan([
            (new Line("/etc/conf", "b"), Output.Of(FileAnswer("a\n"))),
            (new Line("/etc/conf", "c") { After = "^b$" }, Output.Of(FileAnswer("a\n"))),
        ]);

    [Fact]
    public void A_probe_whose_tool_comes_with_an_earlier_package_is_unknown_until_apply() =>
        Plan([
            (new Package("systemd"), Output.Of(NotInstalled)),
            (new SystemdUnit("nginx.service") { Running = true }, Failed(120, "systemctl\n")),
        ]);

    [Fact]
    public void A_line_of_a_file_that_a_package_brings_is_unknown_until_apply() =>
        Plan([
            (new Package("nginx"), Output.Of(NotInstalled)),
            (new Line("/etc/nginx/nginx.conf", "daemon off;"), Output.Of("absent|absent\nmissing\n")),
            (new Block("/etc/nginx/nginx.conf", "ours") { Content = "user web;\n" }, Output.Of("absent|absent\nmissing\n")),
        ]);

    [Fact]
    public void All_that_stands_in_the_way_is_told_beside_all_that_can_be_planned() =>
        Plan([
            (
                new ConfigEngine.Resources.File("/srv/one")
                {
                    Content = "1\n",
                    Owner = "deploi",
                    Source = new("site.csx", 2, 5),
                },
                Output.Of("absent|directory\nmissing user:deploi\n")
            ),
            (new ConfigEngine.Resources.File("/srv/two") { Content = "2\n" }, Output.Of(Nothing)),
            (new ConfigEngine.Resources.Directory("/srv/none/app"), Output.Of("absent|absent\nmissing\n")),
            (new ConfigEngine.Resources.File("/srv/none/app/three") { Content = "3\n" }, Output.Of("absent|absent\nmissing\n")),
            (new SystemdUnit("nginx.service") { Running = true, Source = new("site.csx", 9, 5) }, Output.Of(NoUnit)),
        ]);

    [Fact]
    public void A_handler_that_is_called_for_if_something_changes_is_in_the_plan() =>
        Plan([
            (new Package("nginx") { Version = "1.22.1-9" }, Output.Of("apt|amd64\ninstalled|install|1.18.0-6|amd64\n")),
            (
                new SystemdUnit("nginx.service") { Running = true, Notifies = [new SystemdUnit("proxy.service").Restart] },
                Output.Of(Running)
            ),
        ]);

    [Fact]
    public void Settings_of_the_kernel_touch_each_other_only_where_it_couples_them()
    {
        string[] names =
        [
            "vm.swappiness",
            "kernel.sysrq",
            "net.ipv4.conf.eth0.rp_filter",
            "net.ipv4.conf.eth1.rp_filter",
            "net.ipv4.conf.all.rp_filter",
            "net.ipv4.conf.eth2.rp_filter",
            "net.ipv4.ip_forward",
            "net.ipv4.conf.eth0.forwarding",
            "net.ipv4.conf.all.accept_redirects",
            "net.ipv6.conf.eth0.forwarding",
            "vm.dirty_bytes",
            "vm.dirty_ratio",
        ];
        Resource[] all = [.. names.Select(name => new Sysctl(name) { Value = "7" })];
        var plan = Planner.Plan(
            "host",
            [(1, all)],
            Planner.Probes(all).ToDictionary(question => question, _ => Output.Of("live 0\n")),
            []
        );

        Assert.Equal(
            "net.ipv4.conf.eth2.rp_filter: after sysctl net.ipv4.conf.all.rp_filter; net.ipv4.conf.eth0.forwarding: after sysctl "
                + "net.ipv4.ip_forward; "
                + "net.ipv4.conf.all.accept_redirects: after sysctl net.ipv4.ip_forward; vm.dirty_ratio: after sysctl vm.dirty_bytes",
            string.Join(
                "; ",
                plan.Changes.Where(change => change.Certainty is not Certainty.Exact).Select(change => $"{change.Key}: {change.Because}")
            )
        );
    }

    [Fact]
    public void A_probe_whose_tool_nothing_brings_is_an_error() =>
        Plan([(new SystemdUnit("nginx.service") { Running = true }, Failed(120, "systemctl\n"))]);

    [Fact]
    public void A_probe_that_fails_is_an_error_and_never_taken_for_absent() =>
        Plan([(new ConfigEngine.Resources.File("/srv/settings") { Content = "a\n" }, Failed(1, ""))]);

    [Fact]
    public void A_probe_that_prints_garbage_is_an_error_that_shows_it() =>
        Plan([
            (new ConfigEngine.Resources.File("/srv/settings") { Content = "a\n" }, Output.Of("welcome to our server!\nplease behave\n")),
        ]);

    [Fact]
    public void A_directory_where_a_file_should_be_is_not_replaced() =>
        Plan([(new ConfigEngine.Resources.File("/srv/settings") { Content = "a\n" }, Output.Of("directory|755|root|root\nmissing\n"))]);

    [Fact]
    public void A_link_that_points_nowhere_is_not_replaced_by_a_file() =>
        Plan([
            (
                new ConfigEngine.Resources.File("/srv/settings") { Content = "a\n" },
                Output.Of("symlink|777|root|root|7\nmissing\nnowhere\n")
            ),
        ]);

    [Fact]
    public void A_device_is_not_replaced_by_a_file() =>
        Plan([(new ConfigEngine.Resources.File("/srv/settings") { Content = "a\n" }, Output.Of("other|block special file\nmissing\n"))]);

    [Fact]
    public void A_handler_is_called_once_with_all_that_calls_for_it()
    {
        Handler restart = new("restart nginx.service", $"systemctl restart nginx.service");
        Plan([
            (new ConfigEngine.Resources.File("/srv/a") { Content = "a\n", Notifies = [restart] }, Output.Of(Nothing)),
            (new ConfigEngine.Resources.File("/srv/b") { Content = "b\n", Notifies = [restart] }, Output.Of(Nothing)),
        ]);
    }

    static string FileAnswer(string content)
    {
        Content bytes = content;
        return $"file|644|root|root|{bytes.Length}|{bytes.Digest}\nmissing\n{content}";
    }

    static Output Failed(int exit, string stdout) => Output.Of(stdout) with { Exit = exit };
}
