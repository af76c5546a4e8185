using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// What a plan says of a transaction of apk's, by what <c>apk add --simulate</c> and <c>apk del --simulate</c> print. These answers were
/// written from apk's own sources and pages: no host with apk could be had.
/// </summary>
public sealed class ApkPreviewTests
{
    [Fact]
    public void What_comes_along_stands_with_the_package_that_brings_it() =>
        Assert.Equal(
            ["tree 2.1.1-r0", "nginx 1.24.0-r16: also upgrades musl 1.2.4-r2 → 1.2.5-r0; also installs pcre 8.45-r3"],
            Refined(
                ["tree", "nginx"],
                """
                fetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/x86_64/APKINDEX.tar.gz
                (1/4) Upgrading musl (1.2.4-r2 -> 1.2.5-r0)
                (2/4) Installing pcre (8.45-r3)
                (3/4) Installing nginx (1.24.0-r16)
                (4/4) Installing tree (2.1.1-r0)
                Executing busybox-1.36.1-r15.trigger
                OK: 11 MiB in 23 packages
                alone|tree|(1/1) Installing tree (2.1.1-r0)
                alone|nginx|(1/3) Upgrading musl (1.2.4-r2 -> 1.2.5-r0)
                alone|nginx|(2/3) Installing pcre (8.45-r3)
                alone|nginx|(3/3) Installing nginx (1.24.0-r16)
                """
            )
        );

    [Fact]
    public void What_needs_a_package_goes_with_it() =>
        Assert.Equal(
            ["pcre not installed: also removes nginx"],
            Refined(["pcre"], "(1/2) Purging nginx (1.24.0-r16)\n(2/2) Purging pcre (8.45-r3)\nOK: 8 MiB in 20 packages", "-")
        );

    [Fact]
    public void A_downgrade_is_called_so() =>
        Assert.Equal(
            ["nginx 1.24.0-r15: downgrades nginx 1.24.0-r16 → 1.24.0-r15"],
            Refined(["nginx"], "(1/1) Downgrading nginx (1.24.0-r16 -> 1.24.0-r15)\nOK: 11 MiB in 23 packages")
        );

    static IReadOnlyList<string> Refined(string[] names, string simulation, string verb = "") =>
        PackageSimulationTests.Refined(PackageTool.Named("apk"), names, simulation, verb);
}
