using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class AptRepositoryTests : ISamples
{
    const string Armour = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n";

    const string Nowhere = "elsewhere\n";

    const string Absent = "absent|directory\nmissing\n";

    static readonly AptRepository Example = new("example")
    {
        Uris = ["https://packages.example.org/debian"],
        Suites = ["bookworm"],
        Components = ["main", "contrib"],
        SigningKey = Armour,
    };

    [Fact]
    public void Adds_a_repository_with_its_key() => Plan(Example, Nowhere + Absent + Absent);

    [Fact]
    public void Adds_a_directory_that_nobody_signs() =>
        Plan(
            new AptRepository("local")
            {
                Uris = ["file:/srv/debs"],
                Suites = ["./"],
                Unsigned = true,
                Architectures = ["amd64"],
                Types = ["deb", "deb-src"],
            },
            Nowhere + Absent + Absent
        );

    [Fact]
    public void Does_not_fetch_what_is_not_used() => Plan(Example with { Enabled = false, SigningKey = null }, Nowhere + Absent + Absent);

    [Fact]
    public void Writes_a_key_that_changed() => Plan(Example, $"{Nowhere}file|644|root|root|5|{new string('0', 64)}\nmissing\n{Same}");

    [Fact]
    public void Repairs_modes() =>
        Plan(
            Example,
            $"{Nowhere}file|600|root|root|{Armour.Length}|{((Content)Armour).Digest}\nmissing\n"
                + $"{Same.Replace("|644|", "|600|", StringComparison.Ordinal)}"
        );

    [Fact]
    public void Wants_nothing_of_a_repository_that_is_as_wanted() =>
        Plan(Example, $"{Nowhere}file|644|root|root|{Armour.Length}|{((Content)Armour).Digest}\nmissing\n{Same}");

    [Fact]
    public void Takes_the_place_of_a_list_of_the_same_name() =>
        Plan(Example, $"elsewhere /etc/apt/sources.list.d/example.list\n{Absent}{Absent}");

    [Fact]
    public void Is_not_added_where_another_file_has_it() =>
        Plan(Example, $"elsewhere /etc/apt/sources.list /etc/apt/sources.list.d/old.list\n{Absent}{Absent}");

    [Fact]
    public void Does_not_follow_links() => Plan(Example, $"{Nowhere}{Absent}symlink|777|root|root|3\nmissing\n/x\n");

    [Fact]
    public void Refuses_what_apt_would_not_take() =>
        Plan(
            new AptRepository("a/b")
            {
                Uris = ["packages.example.org"],
                Suites = ["book worm", "./"],
                Types = ["rpm"],
                SigningKey = "no key",
                Unsigned = true,
            },
            ""
        );

    [Fact]
    public void Refuses_a_suite_without_components() =>
        Plan(new AptRepository("a") { Uris = ["https://example.org"], Suites = ["bookworm"] }, "");

    [Fact]
    public void Removes_all_files_of_a_repository() =>
        Plan(new NoAptRepository("example"), "/etc/apt/sources.list.d/example.list\n/etc/apt/keyrings/example.asc\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_repository() => Plan(new NoAptRepository("example"), "");

    static string Same
    {
        get
        {
            Content content =
                "Types: deb\nURIs: https://packages.example.org/debian\nSuites: bookworm\nComponents: main contrib\nSigned-By: "
                + "/etc/apt/keyrings/example.asc\n";
            return $"file|644|root|root|{content.Length}|{content.Digest}\nmissing\n";
        }
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<AptRepository>
            {
                Losses =
                [
                    new(
                        new AptRepository("x") { Uris = ["file:/srv/x"], Suites = ["./"] },
                        "elsewhere /etc/apt/sources.list.d/x.list\nabsent|directory\nmissing\nabsent|directory\nmissing\n",
                        "Removes /etc/apt/sources.list.d/x.list"
                    ),
                ],
                Bare =
                [
                    new(
                        new AptRepository("more")
                        {
                            Uris = ["file:/srv/more"],
                            Suites = ["./"],
                            Unsigned = true,
                        }
                    )
                    {
                        Prepare = "cp -r /srv/apt /srv/more",
                        IsThere = "test -f /etc/apt/sources.list.d/more.sources",
                    },
                ],
            },
            new Sample<NoAptRepository>
            {
                LosesOnly = "files that it names",
                ForRoot = [new(new NoAptRepository("old")) { Prepare = ": >/etc/apt/sources.list.d/old.list" }],
            },
        ];
}
