using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>What a plan says of a package transaction, by what apt-get(8) says when it simulates it.</summary>
public sealed class PackageSimulationTests
{
    [Fact]
    public void What_comes_along_stands_with_the_package_that_brings_it() =>
        Assert.Equal(
            ["lsof 4.95.0-1", "nginx-light 1.22.1-9: also installs nginx 1.22.1-9, nginx-common 1.22.1-9"],
            Refined(
                ["lsof", "nginx-light"],
                """
                  Installing nginx:amd64 as Depends of nginx-light:amd64
                    Installing nginx-common:amd64 as Depends of nginx:amd64
                Inst lsof (4.95.0-1 Debian:12.15/oldstable [amd64])
                Inst nginx-common (1.22.1-9 Debian:12.15/oldstable [all])
                Inst nginx (1.22.1-9 Debian:12.15/oldstable [amd64])
                Inst nginx-light (1.22.1-9 Debian:12.15/oldstable [all])
                Conf lsof (4.95.0-1 Debian:12.15/oldstable [amd64])
                Conf nginx-light (1.22.1-9 Debian:12.15/oldstable [all])
                """
            )
        );

    [Fact]
    public void What_is_removed_stands_with_the_package_that_cannot_be_there_beside_it() =>
        Assert.Equal(
            ["lsof 4.95.0-1", "exim4 4.96: also removes postfix"],
            Refined(
                ["lsof", "exim4"],
                """
                Remv postfix [3.7.11-0+deb12u1]
                Inst exim4 (4.96 Debian:12.15/oldstable [all])
                Inst lsof (4.95.0-1 Debian:12.15/oldstable [amd64])
                alone|postfix|exim4
                """
            )
        );

    [Fact]
    public void A_downgrade_and_a_held_package_are_called_so() =>
        Assert.Equal(
            ["app 2.0: also upgrades lib 1.0 → 2.0 (held)", "old 1.0: downgrades old 2.0 → 1.0, old-data 2.0 → 1.0"],
            Refined(
                ["app", "old"],
                """
                  Installing lib:amd64 as Depends of app:amd64
                  Installing old-data as Depends of old
                The following held packages will be changed:
                  lib
                The following packages will be DOWNGRADED:
                  old old-data
                0 upgraded, 1 newly installed, 2 downgraded, 0 to remove and 124 not upgraded.
                Inst lib [1.0] (2.0 example [amd64])
                Inst app (2.0 example [amd64])
                Inst old-data [2.0] (1.0 example [all])
                Inst old [2.0] (1.0 example [all])
                """
            )
        );

    [Fact]
    public void What_was_left_unfinished_is_configured_as_well() =>
        Assert.Equal(
            ["app 2.0: also configures what was left unfinished: broken 1.0"],
            Refined(["app"], "Inst app (2.0 example [amd64])\nConf broken (1.0 example [all])\nConf app (2.0 example [amd64])")
        );

    [Fact]
    public void Case_03_a_virtual_package_is_the_only_one_that_provides_it() =>
        Assert.Equal(
            ["virtual-thing provided by real-thing 1.0 [real-thing=1.0]"],
            Refined(
                ["virtual-thing"],
                "Inst real-thing (1.0 example [all])\nConf real-thing (1.0 example [all])\nprovides|virtual-thing|real-thing"
            )
        );

    [Theory]
    [InlineData("apt")]
    [InlineData("dnf")]
    public void Packages_with_and_without_recommended_ones_are_two_transactions(string tool)
    {
        var (with, without) = (Of("app|recommends"), Of("app"));

        Assert.False(with.Joins(without));
        Assert.True(with.Joins(Of("other|hold|recommends")));
        Assert.NotEqual(with.Simulate?.Invoke([with.Item]), without.Simulate?.Invoke([without.Item]));
        Assert.NotEqual(with.Together([with.Item]).Script, without.Together([without.Item]).Script);

        Batch Of(string item) => PackageTool.Named(tool).Transaction(item).Batch ?? throw new InvalidOperationException();
    }

    [Fact]
    public void What_is_recommended_stands_with_the_package_that_recommends_it() =>
        Assert.Equal(
            ["lsof 4.95.0-1", "app 1.0: also installs extra 1.0"],
            Refined(
                ["lsof", "app"],
                """
                  Installing extra:amd64 as Recommends of app:amd64
                Inst lsof (4.95.0-1 Debian:12.15/oldstable [amd64])
                Inst app (1.0 example [amd64])
                Inst extra (1.0 example [all])
                """
            )
        );

    static IReadOnlyList<string> Refined(string[] names, string simulation) => Refined(PackageTool.Named("apt"), names, simulation);

    /// <summary>What becomes of changes of these packages, as a line for each, with its item where that is not the plain one.</summary>
    internal static IReadOnlyList<string> Refined(PackageTool tool, string[] names, string simulation, string verb = "")
    {
        var refine = tool.Transaction(names[0] + verb).Batch?.Refine;
        var changes = refine?.Invoke([.. names.Select(name => Change(tool, name, verb))], Output.Of(simulation)) ?? [];
        return
        [
            .. changes.Select(change =>
            {
                var version = Assert.Single(change.Attributes).After?.ToString() ?? "";
                var said = string.Join("; ", EffectWords.Of(change.Effects).Select(line => line.Text).Concat(change.Notes));
                var item = change.Operations[0].Batch?.Item;
                return $"{change.Key} {version}{(item == $"{change.Key}={version}" || item == $"{change.Key}-" ? "" : $" [{item}]")}"
                    + $"{(said.Length == 0 ? "" : ": " + said)}";
            }),
        ];
    }

    static Change Change(PackageTool tool, string name, string verb) =>
        new()
        {
            Kind = "package",
            Key = name,
            Verb = Verb.Create,
            Certainty = verb is "" ? Certainty.Unknown : Certainty.Exact,
            Attributes = [new("version", null, verb is "" ? Known<PackageVersion>.AfterApply : PackageVersion.NotInstalled)],
            Operations = [tool.Transaction(name + verb)],
        };
}
