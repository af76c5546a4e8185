using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>What a plan says of a transaction of dnf's, by what dnf said on a host while it resolved it.</summary>
public sealed class DnfPreviewTests
{
    [Fact]
    public void What_comes_along_stands_with_the_package_that_brings_it() =>
        Assert.Equal(
            ["cfg-epoch 2:1.0-1", "cfg-demo 2.0-1: also installs cfg-demo-lib 1.0-1"],
            Refined(
                ["cfg-epoch", "cfg-demo"],
                """
                will|installed|cfg-demo|noarch|2.0-1
                will|installed|cfg-demo-lib|noarch|1.0-1
                will|installed|cfg-epoch|noarch|2:1.0-1
                alone|cfg-epoch|installed|cfg-epoch|noarch|2:1.0-1
                alone|cfg-demo|installed|cfg-demo|noarch|2.0-1
                alone|cfg-demo|installed|cfg-demo-lib|noarch|1.0-1
                """
            )
        );

    [Fact]
    public void What_is_removed_stands_with_the_package_that_cannot_be_there_beside_it() =>
        Assert.Equal(
            ["needs-aside 1.0-1: also upgrades aside 1.0-1 → 2.0-1", "cfg-conflict 1.0-1: also removes cfg-demo"],
            Refined(
                ["needs-aside", "cfg-conflict"],
                """
                will|upgraded|aside|noarch|1.0-1
                will|an upgrade|aside|noarch|2.0-1
                will|installed|cfg-conflict|noarch|1.0-1
                will|installed|needs-aside|noarch|1.0-1
                will|erased|cfg-demo|noarch|2.0-1
                now|aside|noarch|1.0-1
                now|cfg-demo|noarch|2.0-1
                alone|needs-aside|an upgrade|aside|noarch|2.0-1
                alone|needs-aside|installed|needs-aside|noarch|1.0-1
                alone|cfg-conflict|installed|cfg-conflict|noarch|1.0-1
                alone|cfg-conflict|erased|cfg-demo|noarch|2.0-1
                """
            )
        );

    [Fact]
    public void A_package_that_takes_the_place_of_another_removes_it() =>
        Assert.Equal(
            ["cfg-obsoleter 1.0-1: also removes cfg-demo"],
            Refined(
                ["cfg-obsoleter"],
                "will|installed|cfg-obsoleter|noarch|1.0-1\nwill|obsoleted|cfg-demo|noarch|2.0-1\nnow|cfg-demo|noarch|2.0-1"
            )
        );

    [Fact]
    public void A_downgrade_is_called_so() =>
        Assert.Equal(
            ["cfg-demo 1.0-1: downgrades cfg-demo 2.0-1 → 1.0-1"],
            Refined(["cfg-demo"], "will|a downgrade|cfg-demo|noarch|1.0-1\nnow|cfg-demo|noarch|2.0-1")
        );

    [Fact]
    public void A_virtual_package_is_the_one_that_provides_it() =>
        Assert.Equal(
            ["cfg-virtual provided by cfg-demo 2.0-1 [cfg-demo=2.0-1]"],
            Refined(["cfg-virtual"], "will|installed|cfg-demo|noarch|2.0-1\nprovides|cfg-virtual|cfg-demo")
        );

    [Fact]
    public void A_package_of_another_architecture_is_named_with_it() =>
        Assert.Equal(["glibc.i686 2.34-1"], Refined(["glibc.i686"], "will|installed|glibc|i686|2.34-1"));

    [Fact]
    public void What_dnf_never_says_is_not_guessed_at() =>
        Assert.Throws<UnexpectedOutputException>(() => Refined(["cfg-demo"], "will|pondered|cfg-demo|noarch|2.0-1"));

    static IReadOnlyList<string> Refined(string[] names, string simulation) =>
        PackageSimulationTests.Refined(PackageTool.Named("dnf"), names, simulation);
}
