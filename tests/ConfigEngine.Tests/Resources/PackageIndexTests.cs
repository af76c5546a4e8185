using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PackageIndexTests : ISamples
{
    [Fact]
    public void Fetches_an_index_that_is_too_old() => Plan(new PackageIndex(), observed: "manager=apt\nfresh=false\n");

    [Fact]
    public void Fetches_an_index_of_dnf_that_is_too_old() => Plan(new PackageIndex(), observed: "manager=dnf\nfresh=false\n");

    [Fact]
    public void Leaves_an_index_that_is_young_enough() =>
        Plan(new PackageIndex { MaxAge = TimeSpan.FromHours(1) }, observed: "manager=apt\nfresh=true\n");

    [Fact]
    public void Refuses_to_fetch_at_every_apply() => Plan(new PackageIndex { MaxAge = TimeSpan.Zero }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() =>
        Plan(new PackageIndex(), observed: "manager=apt\nfresh=perhaps\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PackageIndex>
            {
                LosesOnly = "nothing",
                Bare = [new(new PackageIndex()) { Prepare = "rm -rf /var/lib/apt/lists/*", IsThere = "ls /var/lib/apt/lists/*Packages*" }],
            },
        ];
}
