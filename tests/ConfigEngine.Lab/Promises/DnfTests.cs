using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// Packages on hosts that really run dnf and rpm. It is Debian's dnf, on a root and with packages of our own: roots of EL and Fedora
/// could not be had.
/// </summary>
[Collection("lab")]
public sealed class DnfTests(Lab lab)
{
    static readonly Package Demo = new("cfg-demo");
    static readonly Package Library = new("cfg-demo-lib");

    [LabFact]
    public async Task What_a_plan_says_of_packages_is_so()
    {
        await using var host = await lab.StartHostAsync("dnf");
        await host.Sh("! command -v apt-get && ! command -v dpkg-query");

        await The_index_is_fetched_and_is_fresh_after_that(host);
        await What_is_installed_was_in_the_plan(host);
        await Versions_are_changed_and_those_that_are_not_there_are_told_with_those_that_are(host);
        await What_is_held_stays_held(host);
        await Several_packages_are_one_transaction(host);
        await What_depends_on_a_package_goes_with_it_and_the_plan_says_so(host);
        await What_cannot_be_installed_is_an_error_of_that_package_alone(host);
        await What_fails_half_way_is_told_as_it_is(host);
        await Weak_dependencies_come_where_they_are_asked_for(host);
        await Only_fixes_of_security_are_upgraded(host);
        await All_packages_are_upgraded(host);
        await An_index_that_could_not_be_fetched_is_not_fresh(host);
    }

    static async Task The_index_is_fetched_and_is_fresh_after_that(LabHost host)
    {
        PackageIndex index = new() { MaxAge = TimeSpan.FromHours(1) };
        Assert.Contains("declare a PackageIndex", await host.ErrorOf(Demo), StringComparison.Ordinal);

        var applied = await host.Apply(index, Demo);
        Nothing.In(applied.Error);
        Assert.Equal(["package-index host", "package cfg-demo"], applied.Done);
        Assert.Empty((await host.Plan(index, Demo)).Changes);
    }

    static async Task What_is_installed_was_in_the_plan(LabHost host)
    {
        await host.Sh("dnf -qy remove cfg-demo cfg-demo-lib");
        var plan = await host.Plan(Demo);
        var change = plan.Changes.Single();
        Assert.Equal((Certainty.Exact, "2.0-1"), (change.Certainty, change.Attributes.Single().After?.ToString()));
        Assert.Equal("Installs cfg-demo-lib 1.0-1", Besides(change));
        Assert.Equal("$ dnf install cfg-demo-2.0-1", change.Operations.Single().Display);
        Assert.Equal("package cfg-demo-lib is not installed", (await host.Run("rpm -q cfg-demo-lib")).Stdout.Trim());

        Nothing.In((await host.Apply(Demo)).Error);
        Assert.Equal("cfg-demo-2.0-1.noarch\ncfg-demo-lib-1.0-1.noarch", await host.Sh("rpm -q cfg-demo cfg-demo-lib"));
        Assert.Empty((await host.Plan(Demo, new Package("cfg-virtual"))).Changes);

        var brought = await host.Apply(new Package("cfg-epoch") { Version = "1.0" });
        Nothing.In(brought.Error);
        Assert.Empty((await host.Plan(new Package("cfg-epoch") { Version = "2:1.0-1" })).Changes);
    }

    static async Task Versions_are_changed_and_those_that_are_not_there_are_told_with_those_that_are(LabHost host)
    {
        await host.Sh("echo '# mine' >/etc/cfg-demo.conf");
        var down = await host.Apply(Demo with { Version = "1.1-1" });
        Nothing.In(down.Error);
        Assert.Equal("Downgrades cfg-demo 2.0-1 → 1.1-1", Besides(down.Plan.Changes.Single()));
        Assert.Empty((await host.Plan(Demo with { Version = "1.1-1" })).Changes);
        Assert.Equal("# mine", await host.Sh("cat /etc/cfg-demo.conf"));

        Assert.Contains(
            "cfg-demo: dnf's index has no version 3.0-1 of it; it has 1.0-1, 1.1-1, 2.0-1",
            await host.ErrorOf(Demo with { Version = "3.0-1" }),
            StringComparison.Ordinal
        );

        var up = await host.Apply(Demo with { Version = PackageVersion.Latest });
        Nothing.In(up.Error);
        Assert.Equal("1.1-1 → 2.0-1", Attribute(up.Plan.Changes.Single()));
        Assert.Empty((await host.Plan(Demo with { Version = PackageVersion.Latest })).Changes);
    }

    static async Task Weak_dependencies_come_where_they_are_asked_for(LabHost host)
    {
        Package plain = new("with-extra");
        Nothing.In(Besides((await host.Plan(plain)).Changes.Single()));
        var applied = await host.Apply(plain with { Recommends = true });
        Nothing.In(applied.Error);
        Assert.Equal("Installs extra 1.0-1", Besides(applied.Plan.Changes.Single()));
        Assert.Equal("extra-1.0-1.noarch", await host.Sh("rpm -q extra"));
    }

    /// <summary>A repository with an advisory about security, and one about another mistake.</summary>
    const string Advised = """
        set -e
        package() {
          printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: s\nLicense: none\nBuildArch: noarch\nAutoReqProv: no\n' $1 $2 >/srv/spec
          printf '%b%%description\nd\n%%files\n' "$3" >>/srv/spec
          rpmbuild -bb --quiet --define '_topdir /srv/build' --define '_rpmdir /srv/advised' --define '__os_install_post %{nil}' \
            --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define '_binary_payload w1.gzdio' /srv/spec
        }
        advisory() {
          printf '<update from="lab" status="final" type="%s" version="1"><id>LAB-%s</id><title>t</title>' $1 $2
          printf '<issued date="2026-01-01 00:00:00"/><severity>Important</severity><pkglist><collection short="lab"><name>lab</name>'
          printf '<package name="%s" version="1.1" release="1" epoch="0" arch="noarch"><filename>%s-1.1-1.noarch.rpm</filename>' $2 $2
          echo '</package></collection></pkglist></update>'
        }
        package leaky 1.0; package leaky 1.1 'Requires: patch-of-leaky\n'; package patch-of-leaky 1.0; package clumsy 1.0; package clumsy 1.1
        createrepo_c -q /srv/advised
        { echo '<?xml version="1.0"?><updates>'; advisory security leaky; advisory bugfix clumsy; echo '</updates>'; } >/srv/updateinfo.xml
        modifyrepo_c --mdtype=updateinfo /srv/updateinfo.xml /srv/advised/repodata >/dev/null
        printf '[advised]\nname=advised\nbaseurl=file:///srv/advised\ngpgcheck=0\n' >/etc/yum.repos.d/advised.repo
        dnf -q makecache --refresh; dnf -qy install leaky-1.0 clumsy-1.0
        """;

    static async Task Only_fixes_of_security_are_upgraded(LabHost host)
    {
        await host.Sh(Advised);
        Upgrade security = new() { Which = UpgradeKind.Security };

        var applied = await host.Apply(security);
        Nothing.In(applied.Error);
        var change = applied.Plan.Changes.Single();
        Assert.Equal(["leaky: 1.0-1 → 1.1-1"], change.Attributes.Select(one => $"{one.Name}: {one.Before} → {one.After}"));
        Assert.Equal("Installs patch-of-leaky 1.0-1", Besides(change));
        Assert.Empty((await host.Plan(security)).Changes);
        Assert.Equal("leaky-1.1-1.noarch\nclumsy-1.0-1.noarch", await host.Sh("rpm -q leaky clumsy"));

        await host.Sh("dnf -qy downgrade leaky-1.0");
        Assert.Equal("leaky", (await host.Repaired("true", security)).Attributes.Single().Name);

        // Nothing for security is left, and something else is.
        Assert.Contains("clumsy", (await host.Plan(new Upgrade())).Changes.Single().Attributes.Select(one => one.Name));
        Assert.Empty((await host.Plan(security)).Changes);
        await host.Sh("rm /etc/yum.repos.d/advised.repo; dnf -qy remove leaky clumsy patch-of-leaky; dnf -q makecache --refresh");
    }

    static async Task All_packages_are_upgraded(LabHost host)
    {
        await host.Sh("dnf -qy remove aside needs-aside; dnf -qy install aside-1.0-1");
        Upgrade all = new();
        var applied = await host.Apply(all);
        Nothing.In(applied.Error);
        Assert.Contains(
            "aside: 1.0-1 → 2.0-1",
            applied.Plan.Changes.Single().Attributes.Select(one => $"{one.Name}: {one.Before} → {one.After}")
        );
        Assert.Empty((await host.Plan(all)).Changes);
        Assert.Equal("aside-2.0-1.noarch", await host.Sh("rpm -q aside"));
    }

    static async Task What_is_held_stays_held(LabHost host)
    {
        Nothing.In((await host.Apply(Demo with { Version = "1.0-1", Held = true })).Error);
        Assert.Equal("cfg-demo-0:1.0-1.*", await host.Sh("grep -v '^#' /etc/dnf/plugins/versionlock.list | grep ."));
        Assert.Empty((await host.Plan(Demo with { Held = true })).Changes);

        var moved = await host.Apply(Demo with { Version = "1.1-1" });
        Nothing.In(moved.Error);
        Assert.Equal(
            "$ dnf install cfg-demo-1.1-1, and dnf versionlock add cfg-demo",
            moved.Plan.Changes.Single().Operations.Single().Display
        );
        Assert.Equal("cfg-demo-0:1.1-1.*", await host.Sh("grep -v '^#' /etc/dnf/plugins/versionlock.list | grep ."));

        Nothing.In((await host.Apply(Demo with { Held = false })).Error);
        Nothing.In(await host.Sh("grep -v '^#' /etc/dnf/plugins/versionlock.list | grep . || true"));
        Nothing.In(await host.Sh("ls /var/lib/configengine/holds"));

        await host.Sh("mv /etc/dnf/plugins/versionlock.conf /srv");
        Assert.Contains("without its plugin versionlock", await host.ErrorOf(Demo with { Held = true }), StringComparison.Ordinal);
        await host.Sh("mv /srv/versionlock.conf /etc/dnf/plugins");
    }

    static async Task Several_packages_are_one_transaction(LabHost host)
    {
        await host.Sh("dnf -qy install aside-1.0-1");
        var before = await host.Sh("dnf -q history list | grep -c '|'");
        var applied = await host.Apply(new Package("needs-aside"), new NoPackage("cfg-epoch"), Demo with { Version = "2.0" });
        Nothing.In(applied.Error);
        Assert.Equal(["Upgrades aside 1.0-1 → 2.0-1", "", ""], applied.Plan.Changes.Select(Besides));
        Assert.All(applied.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));
        Assert.Equal(int.Parse(before) + 1, int.Parse(await host.Sh("dnf -q history list | grep -c '|'")));
        Assert.Equal("aside-2.0-1.noarch\nneeds-aside-1.0-1.noarch", await host.Sh("rpm -q aside needs-aside"));

        var rival = await host.Plan(new Package("cfg-conflict"), new Package("aside") { Version = "1.0-1" });
        Assert.Equal(["Removes cfg-demo", "Downgrades aside 2.0-1 → 1.0-1; Removes needs-aside"], rival.Changes.Select(Besides));
    }

    static async Task What_depends_on_a_package_goes_with_it_and_the_plan_says_so(LabHost host)
    {
        // When the plan was made, nothing depended on it that is there. Nobody agreed to more than that.
        await host.Sh("dnf -qy remove cfg-demo && dnf -qy install cfg-demo-lib");
        var gone = new NoPackage(Library.Name);
        var unshown = await host.Apply(new Command($"dnf -qy install cfg-demo") { Unless = $"rpm -q cfg-demo" }, gone);
        Assert.Contains(
            "no-package cfg-demo-lib would do more than the plan showed:\n  also removes cfg-demo\n",
            unshown.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("cfg-demo-2.0-1.noarch", await host.Sh("rpm -q cfg-demo"));

        var shown = await host.Apply(gone);
        Nothing.In(shown.Error);
        Assert.Equal("Removes cfg-demo", Besides(shown.Plan.Changes.Single()));
        Assert.NotEqual(0, (await host.Run("rpm -q cfg-demo")).Exit);
        Assert.Empty((await host.Plan(gone, new NoPackage(Demo.Name))).Changes);
    }

    static async Task What_cannot_be_installed_is_an_error_of_that_package_alone(LabHost host)
    {
        var plan = (await Rig.Plan(host.SshConfig, host.Name, Demo, new Package("cfg-lacks"), new Package("cfg-epoch"))).Hosts[0];
        Assert.Equal("package cfg-lacks", Assert.Single(plan.Obstacles).Resource.Address);
        Assert.Contains("nothing provides nowhere needed by cfg-lacks-1.0-1.noarch", plan.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("package cfg-dem: ", await host.ErrorOf(Demo, new Package("cfg-dem")), StringComparison.Ordinal);
    }

    static async Task What_fails_half_way_is_told_as_it_is(LabHost host)
    {
        var failed = await host.Apply(new Package("cfg-broken"), new NoPackage("aside"), new File("/srv/after") { Content = "x" });
        Assert.Contains("cfg-broken: cannot be installed, on purpose", failed.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await host.Run("test -e /srv/after")).Exit);
        Assert.NotEqual(0, (await host.Run("rpm -q cfg-broken")).Exit);
        Assert.Contains("package cfg-broken", failed.Report.In(ChangeState.Failed));
    }

    static async Task An_index_that_could_not_be_fetched_is_not_fresh(LabHost host)
    {
        await host.Sh(
            "printf '[gone]\\nname=gone\\nbaseurl=http://127.0.0.1:1/\\ngpgcheck=0\\n' >/etc/yum.repos.d/gone.repo; "
                + "rm -rf /var/cache/dnf/*"
        );
        PackageIndex index = new() { MaxAge = TimeSpan.FromHours(1) };

        Assert.Contains("127.0.0.1", (await host.Apply(index)).Error, StringComparison.Ordinal);
        Assert.Single((await host.Plan(index)).Changes);
        await host.Sh("rm /etc/yum.repos.d/gone.repo");
        Nothing.In((await host.Apply(index)).Error);
        Assert.Empty((await host.Plan(index)).Changes);
    }

    [LabFact]
    public async Task One_recipe_is_for_hosts_with_apt_and_with_dnf()
    {
        await using var debian = await lab.StartHostAsync();
        await using var other = await lab.StartHostAsync("dnf");
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write(
            "both.csx",
            $$"""
            Hosts(new Host("{{debian.Name}}"), new Host("{{other.Name}}"));
            On("all", host =>
            [
                new PackageIndex(),
                new Package("cfg-demo"),
                new File("/srv/manager") { Content = $"{host.Facts.PackageManager}\n" },
            ]);
            """
        );

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("2.0-1 Apt", await debian.Sh("echo $(dpkg-query -W -f '${Version} ' cfg-demo; cat /srv/manager)"));
        Assert.Equal("2.0-1 Dnf", await other.Sh("echo $(rpm -q --qf '%{VERSION}-%{RELEASE} ' cfg-demo; cat /srv/manager)"));
    }

    [LabFact]
    public async Task A_repository_is_taken_with_its_key_and_not_with_another()
    {
        await using var host = await lab.StartHostAsync("dnf");
        var key = await host.ReadFile("/srv/rpm-signed/key.asc");
        var other = await host.ReadFile("/srv/rpm-signed/other.asc");
        DnfRepository signed = new("signed")
        {
            Uris = ["file:///srv/rpm-signed"],
            SigningKey = key,
            SignedIndex = true,
        };
        Package package = new("cfg-signed");
        const string Files = "ls /etc/yum.repos.d /etc/pki/rpm-gpg 2>/dev/null | grep signed; md5sum /etc/yum.repos.d/signed.repo";

        // An index that another key signed, and one that is not there: nothing is written.
        var before = (await host.Run(Files)).Stdout;
        foreach (var wrong in (DnfRepository[])[signed with { SigningKey = other }, signed with { Uris = ["file:///srv/nowhere"] }])
        {
            var refused = await host.Apply(wrong);
            Assert.Contains("its files stay as they were", refused.Error, StringComparison.Ordinal);
            Assert.Equal(["dnf-repository signed"], refused.Report.In(ChangeState.Failed));
            Assert.Equal(before, (await host.Run(Files)).Stdout);
        }

        var applied = await host.Apply(signed, package);
        Nothing.In(applied.Error);
        Assert.Equal("cfg-signed-1.0-1.noarch", await host.Sh("rpm -q cfg-signed"));
        Assert.Empty((await host.Plan(signed, package)).Changes);
        Nothing.In((await host.Apply(new PackageIndex { MaxAge = TimeSpan.FromHours(1) })).Error);
        Assert.NotEqual(0, (await host.Run("pgrep -x gpg-agent")).Exit);

        // The key changes to a wrong one: what was there stays, and is good.
        before = (await host.Run(Files)).Stdout;
        var changed = await host.Apply(signed with { SigningKey = other });
        Assert.Contains("its files stay as they were", changed.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await host.Run(Files)).Stdout);

        // Where only packages are signed, dnf refuses one that another key signed, and nothing of it is installed.
        await host.Sh("dnf -qy remove cfg-signed; rpm -e $(rpm -q gpg-pubkey); rm /etc/yum.repos.d/signed.repo");
        var unsigned = await host.Apply(signed with { SigningKey = other, SignedIndex = null }, package);
        Assert.Contains("Public key for cfg-signed-1.0-1.noarch.rpm is not installed", unsigned.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await host.Run("rpm -q cfg-signed")).Exit);
        Nothing.In((await host.Apply(signed with { SignedIndex = null }, package)).Error);

        // What should not be there goes with its key, and with what was installed from it.
        var gone = await host.Apply(new NoPackage(package.Name), new NoDnfRepository(signed.Name));
        Nothing.In(gone.Error);
        Assert.Equal(["no-package cfg-signed", "no-dnf-repository signed"], gone.Done);
        Nothing.In(await host.Sh("{ ls /etc/yum.repos.d /etc/pki/rpm-gpg; dnf -q repolist --all; rpm -qa; } | grep signed || true"));
        Assert.Empty((await host.Plan(new NoPackage(package.Name), new NoDnfRepository(signed.Name))).Changes);

        await host.Sh("printf '[mine]\nname=mine\nbaseurl=file:///srv/rpm\n' >/etc/yum.repos.d/old.repo");
        Assert.Contains("old.repo has a repository mine", await host.ErrorOf(signed with { Name = "mine" }), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_host_asks_for_a_reboot_where_a_package_needs_a_boot()
    {
        await using var host = await lab.StartHostAsync("dnf");
        await host.Sh("dnf -qy install glibc-2.34-1");
        await host.Reboot();
        Reboot reboot = new() { Options = new() { Timeout = TimeSpan.FromMinutes(3) } };
        Assert.Empty((await host.Plan(reboot)).Changes);

        var boot = await host.BootId();
        var applied = await host.Apply(new Package("glibc") { Version = "2.34-2" }, reboot);
        Nothing.In(applied.Error);
        Assert.Equal(["package glibc", "reboot when needed"], applied.Done);
        Assert.NotEqual(boot, await host.BootId());
        Assert.Empty((await host.Plan(reboot)).Changes);

        // As dnf has it, which goes by when the host was booted that the container is on.
        await host.Sh("dnf -qy downgrade glibc-2.34-1");
        Assert.Contains("  * glibc", (await host.Run("dnf -q needs-restarting --reboothint")).Stdout, StringComparison.Ordinal);
        Assert.Equal(
            "packages that need a boot were replaced since the last one: glibc",
            Assert.Single((await host.Plan(reboot)).Changes).Attributes.Single().Before is IEnumerable<string> reasons
                ? string.Join("; ", reasons)
                : ""
        );
    }

    static string Attribute(Change change) => string.Join("; ", change.Attributes.Select(each => $"{each.Before} → {each.After}"));

    static string Besides(Change change) =>
        string.Join("; ", change.Effects.Select(effect => $"{effect.Kind} {effect.What} {effect.Detail}".TrimEnd()));
}
