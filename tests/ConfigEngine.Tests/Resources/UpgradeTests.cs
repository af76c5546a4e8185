using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class UpgradeTests : ISamples
{
    const string Newer =
        "apt|amd64\nkept|linux-image-amd64\nInst perl [5.36.0-7] (5.36.0-7+deb12u4 Debian:12.15/oldstable, "
        + "Debian-Security:12/oldstable-security [amd64]) []\nInst perl-base [5.36.0-7] (5.36.0-7+deb12u4 Debian:12.15/stable [amd64])\n"
        + "Inst linux-image-6.1.0-9-amd64 (6.1.27-1 Debian:12.15/oldstable [amd64])\n";

    [Fact]
    public void Lists_each_package_with_its_versions() => Plan(new Upgrade(), Newer);

    [Fact]
    public void Leaves_packages_that_are_up_to_date() => Plan(new Upgrade(), "apt|amd64\nkept|held-package\n");

    [Fact]
    public void Upgrades_for_security_only() =>
        Plan(
            new Upgrade { Which = UpgradeKind.Security },
            "apt|amd64\nitem|perl=5.36.0-7+deb12u4\nInst perl [5.36.0-7] (5.36.0-7+deb12u4 Debian-Security:12/stable-security [amd64])\n"
        );

    [Fact]
    public void Removes_nothing_that_is_not_named() =>
        Plan(new Upgrade(), "apt|amd64\nRemv aside [1.0]\nInst kept [1.0] (2.0 example [all])\n");

    [Fact]
    public void Removes_what_is_named() =>
        Plan(new Upgrade { Removes = ["aside"] }, "apt|amd64\nRemv aside [1.0]\nInst kept [1.0] (2.0 example [all])\n");

    [Fact]
    public void Finishes_what_was_interrupted() => Plan(new Upgrade(), "apt|amd64\ninterrupted|\nInst kept [1.0] (2.0 example [all])\n");

    [Fact]
    public void Upgrades_with_dnf() =>
        Plan(
            new Upgrade(),
            "dnf|x86_64\nwill|upgraded|glibc|x86_64|2.34-1\nwill|an upgrade|glibc|x86_64|2.34-2\nnow|glibc|x86_64|2.34-1\n"
        );

    [Fact]
    public void Upgrades_with_apk() =>
        Plan(new Upgrade(), "apk|x86_64\n(1/2) Upgrading busybox (1.36.1-r0 -> 1.36.1-r2)\n(2/2) Installing zlib (1.3.1-r0)\n");

    [Fact]
    public void Cannot_tell_what_is_for_security_with_apk() =>
        Plan(new Upgrade { Which = UpgradeKind.Security }, "apk|x86_64\nsecurity|no\n");

    [Fact]
    public void Has_a_reboot_after_it_looked_at_again() =>
        Plan([(new Upgrade(), Output.Of(Newer)), (new Reboot(), Output.Of("running=6.1.0-8-amd64\nkernel=6.1.0-8-amd64\n"))]);

    [Fact]
    public void Refuses_to_remove_what_is_no_package() => Plan(new Upgrade { Removes = ["a b"] }, Newer);

    const string Package = """
        mkdir -p /srv/up/p/DEBIAN; cd /srv/up
        for v in 1 2; do
          printf 'Package: cfg-up\nVersion: %s\nArchitecture: all\nMaintainer: t <t@example.org>\nDescription: t\n' $v >p/DEBIAN/control
          dpkg-deb -b p cfg-up_$v.deb >/dev/null
        done
        dpkg-deb -f cfg-up_2.deb >Packages
        printf 'Filename: ./cfg-up_2.deb\nSize: %s\n' $(stat -c %s cfg-up_2.deb) >>Packages
        printf 'SHA256: %s\n\n' $(sha256sum <cfg-up_2.deb | cut -d' ' -f1) >>Packages
        echo 'deb [trusted=yes] file:/srv/up ./' >/etc/apt/sources.list.d/up.list; apt-get -q update; dpkg -i cfg-up_1.deb
        """;

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Upgrade>
            {
                Losses =
                [
                    new(
                        new Upgrade { Removes = ["aside"] },
                        "apt|amd64\nRemv aside [1.0]\nInst kept [1.0] (2.0 example [all])\n",
                        "Removes aside"
                    ),
                ],
                Bare = [new(new Upgrade()) { Prepare = Package, IsThere = "dpkg -s cfg-up | grep -qx 'Version: 2'" }],
            },
        ];
}
