using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Packages in the states that administrators meet: what the plan says of them is so, on one host.</summary>
[Collection("lab")]
public sealed class PackageCasesTests(Lab lab)
{
    /// <summary>A repository of small packages of our own, beside the lab's.</summary>
    const string Repository = """
        set -e
        mkdir -p /srv/cases; cd /srv/cases
        make() { # NAME VERSION FIELDS POSTINST
          mkdir -p p/DEBIAN
          printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: t <t@example.org>\nDescription: t\n%b' "$1" "$2" "$3" >p/DEBIAN/control
          [ -z "$4" ] || { printf '#!/bin/sh\n%s\n' "$4" >p/DEBIAN/postinst; chmod 755 p/DEBIAN/postinst; }
          [ -z "$5" ] || printf '%s\n' "$5" >p/DEBIAN/triggers
          dpkg-deb -b --root-owner-group p "$1_$2_all.deb" >/dev/null; rm -r p
        }
        make real-thing 1.0 'Provides: virtual-thing\n'
        make one-of-two 1.0 'Provides: either-thing\n'; make other-of-two 1.0 'Provides: either-thing\n'
        make kept 1.0; make kept 2.0; make aside 1.0; make aside 2.0
        make needs-aside 1.0 'Depends: aside (>= 2.0)\n'
        make broken 1.0 '' 'exit 7'
        make waits 1.0 '' '' 'interest-noawait /srv/triggers'
        make plain 1.0; make brings 1.0 'Depends: brought\n'; make brought 1.0; make rival 1.0 'Conflicts: aside\n'
        make first 1.0 'Depends: of-first, of-both\n'; make of-first 1.0; make of-both 1.0; make second 1.0 'Depends: of-second, of-both\n'; make of-second 1.0 'Depends: deeper\n'; make deeper 1.0
        make lacks 1.0 'Depends: nowhere\n'
        for f in *.deb; do dpkg-deb -f $f; echo "Filename: ./$f"; echo "Size: $(stat -c %s $f)"; echo "SHA256: $(sha256sum $f | cut -d' ' -f1)"; echo; done >Packages
        echo "deb [trusted=yes] file:/srv/cases ./" >/etc/apt/sources.list.d/cases.list
        apt-get -q update >/dev/null
        """;

    [LabFact]
    public async Task A_package_that_people_come_in_by_is_not_taken_away_without_a_word()
    {
        await using var host = await lab.StartHostAsync();

        var plan = await Rig.Plan(lab.SshConfig, host.Name, new NoPackage("sudo"), new NoPackage("openssh-server"));

        Assert.Equal(
            [
                "removes sudo, which people may log in by: a removed package is not put back",
                "removes openssh-server, which people may log in by: a removed package is not put back",
            ],
            plan.Changes.Select(change => Assert.Single(change.Effects, effect => effect.Kind is EffectKind.MayCutConnection).Detail)
        );
    }

    [LabFact]
    public async Task What_a_plan_says_of_packages_is_so()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(Repository);

        await Case_03_a_virtual_package_is_installed_once(host);
        await What_comes_along_is_told_where_it_belongs(host);
        await Case_04_a_hold_survives_a_transaction_that_fails(host);
        await An_interrupted_dpkg_is_finished_first(host);
        await Triggers_that_wait_are_run(host);
        await A_repository_is_not_added_twice(host);
        await Case_13_an_update_that_failed_is_tried_again(host);
        await A_broken_status_is_shown_as_dpkg_says_it(host);
    }

    static async Task Case_03_a_virtual_package_is_installed_once(LabHost host)
    {
        var applied = await host.Apply(new Package("virtual-thing"));
        Nothing.In(applied.Error);
        Assert.Equal("provided by real-thing 1.0", applied.Plan.Changes.Single().Attributes.Single().After?.ToString());
        Nothing.In(Besides(applied.Plan.Changes.Single()));
        Assert.Empty((await host.Plan(new Package("virtual-thing"))).Changes);
        Assert.Contains("real-thing provides it", await host.ErrorOf(new NoPackage("virtual-thing")), StringComparison.Ordinal);

        var ambiguous = await host.ErrorOf(new Package("plain"), new Package("either-thing"));
        Assert.Contains("package either-thing: ", ambiguous, StringComparison.Ordinal);
        Assert.Contains("one-of-two", ambiguous, StringComparison.Ordinal);
        Assert.Contains("declare one of those", ambiguous, StringComparison.Ordinal);

        Nothing.In((await host.Apply(new NoPackage("real-thing"))).Error);
        Assert.Single((await host.Plan(new Package("virtual-thing"))).Changes);
    }

    static async Task What_comes_along_is_told_where_it_belongs(LabHost host)
    {
        await host.Sh("apt-get -q -y install aside=1.0 kept=2.0");
        var plan = await host.Plan(
            new Package("plain"),
            new Package("brings"),
            new Package("kept") { Version = "1.0" },
            new Package("needs-aside")
        );
        string[] besides = ["", "Installs brought 1.0", "Downgrades kept 2.0 → 1.0", "Upgrades aside 1.0 → 2.0"];
        Assert.Equal(besides, plan.Changes.Select(Besides));

        var two = await host.Plan(new Package("plain"), new Package("second"), new Package("first"));
        Assert.Equal(
            ["", "Installs deeper 1.0; Installs of-second 1.0", "Installs of-first 1.0"],
            two.Changes.Select(change => Without("of-both", change))
        );
        Assert.Equal(
            "Installs of-both 1.0",
            Assert.Single(two.Changes.SelectMany(change => change.Effects), effect => effect.What is "of-both") is { } both
                ? $"{both.Kind} {both.What} {both.Detail}"
                : ""
        );
        Assert.DoesNotContain("of-both", Besides(two.Changes.First()), StringComparison.Ordinal);

        var lacks = (await Rig.Plan(host.SshConfig, host.Name, new Package("first"), new Package("lacks"), new Package("second"))).Hosts[
            0
        ];
        Assert.Equal("package lacks", Assert.Single(lacks.Obstacles).Resource.Address);
        Assert.Contains("Depends: nowhere but it is not installable", lacks.Error?.Message, StringComparison.Ordinal);

        var rival = await host.Plan(new Package("plain"), new Package("rival"));
        Assert.Equal(["", "Removes aside"], rival.Changes.Select(Besides));
        Assert.Contains("package plai: ", await host.ErrorOf(new Package("plain"), new Package("plai")), StringComparison.Ordinal);
        await host.Sh("apt-get -q -y purge aside kept");
    }

    static async Task Case_04_a_hold_survives_a_transaction_that_fails(LabHost host)
    {
        await host.Sh(
            "apt-get -q -y install kept=1.0 aside=1.0 && apt-mark hold kept aside; dpkg -i /srv/cases/broken_1.0_all.deb || true"
        );
        var plan = await host.Plan(new Package("kept") { Version = "2.0" });
        Assert.Contains("also configures what was left unfinished: broken 1.0", plan.Changes.Single().Notes);

        var failed = await host.Apply(new Package("kept") { Version = "2.0" });
        Assert.Contains("broken", failed.Error, StringComparison.Ordinal);
        Assert.Equal("kept 2.0", await host.Sh("dpkg-query -W -f '${Package} ${Version}' kept"));
        Assert.Equal("aside\nkept", await host.Sh("apt-mark showhold"));
        Nothing.In(await host.Sh("ls /var/lib/configengine/holds"));
        await host.Sh("dpkg --purge broken");

        // A power cut in the middle: what apt let go is owed, and a later plan has it.
        await host.Sh("apt-mark unhold kept; mkdir -p /var/lib/configengine/holds; : >/var/lib/configengine/holds/kept");
        var owed = await host.Apply(new Package("kept"));
        Nothing.In(owed.Error);
        Assert.Equal(["held"], owed.Plan.Changes.Single().Attributes.Select(attribute => attribute.Name));
        Assert.Equal("aside\nkept", await host.Sh("apt-mark showhold"));
        Assert.Empty((await host.Plan(new Package("kept"))).Changes);
        Nothing.In((await host.Apply(new Package("kept") { Version = "1.0", Held = false })).Error);
        Assert.Equal("aside", await host.Sh("apt-mark showhold"));
    }

    static async Task An_interrupted_dpkg_is_finished_first(LabHost host)
    {
        await host.Sh("dpkg --unpack /srv/cases/brought_1.0_all.deb && cp -a /var/lib/dpkg/status /srv/status");
        await host.Sh("sed -n '/^Package: brought$/,/^$/p' /var/lib/dpkg/status >/var/lib/dpkg/updates/0000");
        Assert.Contains("dpkg was interrupted", (await host.Run("apt-get -y install plain")).Stderr, StringComparison.Ordinal);

        var applied = await host.Apply(new Package("plain"));
        Nothing.In(applied.Error);
        Assert.Contains(
            "dpkg --configure -a, then apt-get install plain",
            applied.Plan.Changes.Single().Operations.Single().Display,
            StringComparison.Ordinal
        );
        Assert.Contains("dpkg was interrupted here: all that it left half done is configured first", applied.Plan.Changes.Single().Notes);
        Assert.Equal("ii ii", await host.Sh("dpkg-query -W -f '${db:Status-Abbrev}' plain brought"));
    }

    static async Task Triggers_that_wait_are_run(LabHost host)
    {
        await host.Sh("dpkg -i /srv/cases/waits_1.0_all.deb && dpkg-trigger --no-await --by-package=waits /srv/triggers/x");
        Assert.Contains("triggers-pending", await host.Sh("dpkg-query -W -f '${db:Status-Status}' waits"), StringComparison.Ordinal);

        Nothing.In((await host.Apply(new Package("waits"))).Error);
        Assert.Empty((await host.Plan(new Package("waits"))).Changes);
    }

    static async Task A_repository_is_not_added_twice(LabHost host)
    {
        AptRepository cases = new("cases")
        {
            Uris = ["file:/srv/cases"],
            Suites = ["./"],
            Unsigned = true,
        };
        Assert.Contains(
            "/etc/apt/sources.list.d/cases.list has the same repository",
            await host.ErrorOf(cases with { Name = "mine" }),
            StringComparison.Ordinal
        );

        var applied = await host.Apply(cases);
        Nothing.In(applied.Error);
        Assert.Contains(
            applied.Plan.Changes.Single().Attributes,
            attribute => attribute is { Name: "list-file", Before: "/etc/apt/sources.list.d/cases.list", After: "none" }
        );
        Assert.Equal("/etc/apt/sources.list.d/cases.sources", await host.Sh("ls /etc/apt/sources.list.d/cases.*"));
        Assert.Empty((await host.Plan(cases)).Changes);
    }

    static async Task Case_13_an_update_that_failed_is_tried_again(LabHost host)
    {
        await host.Sh("echo 'deb http://127.0.0.1:1/nothing ./' >/etc/apt/sources.list.d/gone.list; rm -rf /var/lib/apt/lists/*");
        PackageIndex index = new() { MaxAge = TimeSpan.FromHours(1) };

        Assert.Contains("127.0.0.1:1", (await host.Apply(index)).Error, StringComparison.Ordinal);
        Assert.Single((await host.Plan(index)).Changes);
        await host.Sh("rm /etc/apt/sources.list.d/gone.list");
        Nothing.In((await host.Apply(index)).Error);
        Assert.Empty((await host.Plan(index)).Changes);
    }

    static async Task A_broken_status_is_shown_as_dpkg_says_it(LabHost host)
    {
        await host.Sh("echo 'nonsense' >>/var/lib/dpkg/status");
        Assert.Contains("parsing file '/var/lib/dpkg/status'", await host.ErrorOf(new Package("plain")), StringComparison.Ordinal);
    }

    static string Without(string package, Change change) =>
        string.Join(
            "; ",
            Besides(change).Split("; ").Where(effect => !effect.Contains(package, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );

    static string Besides(Change change) =>
        string.Join("; ", change.Effects.Select(effect => $"{effect.Kind} {effect.What} {effect.Detail}".TrimEnd()));
}
