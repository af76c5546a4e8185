using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class DnfRepositoryTests : ISamples
{
    const string Armour = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n";

    const string Nowhere = "elsewhere\n";

    const string Absent = "absent|directory\nmissing\n";

    static readonly DnfRepository Example = new("example")
    {
        Uris = ["https://packages.example.org/el/$releasever/$basearch"],
        SigningKey = Armour,
    };

    [Fact]
    public void Adds_a_repository_with_its_key() => Plan(Example, Nowhere + Absent + Absent);

    [Fact]
    public void Checks_an_index_that_is_signed() => Plan(Example with { SignedIndex = true }, Nowhere + Absent + Absent);

    [Fact]
    public void Adds_a_directory_that_nobody_signs() =>
        Plan(new DnfRepository("local") { Uris = ["file:///srv/rpms"], Unsigned = true }, Nowhere + Absent + Absent);

    [Fact]
    public void Does_not_fetch_what_is_not_used() => Plan(Example with { Enabled = false, SigningKey = null }, Nowhere + Absent + Absent);

    [Fact]
    public void Writes_a_key_that_changed() =>
        Plan(Example, $"{Nowhere}file|644|root|root|5|{new string('0', 64)}\nmissing\n{Same("644")}");

    [Fact]
    public void Repairs_modes() =>
        Plan(Example, $"{Nowhere}file|600|root|root|{Armour.Length}|{((Content)Armour).Digest}\nmissing\n{Same("600")}");

    [Fact]
    public void Wants_nothing_of_a_repository_that_is_as_wanted() =>
        Plan(Example, $"{Nowhere}file|644|root|root|{Armour.Length}|{((Content)Armour).Digest}\nmissing\n{Same("644")}");

    [Fact]
    public void Is_not_added_where_another_file_has_its_id() => Plan(Example, $"elsewhere /etc/yum.repos.d/old.repo\n{Absent}{Absent}");

    [Fact]
    public void Does_not_follow_links() => Plan(Example, $"{Nowhere}{Absent}symlink|777|root|root|3\nmissing\n/x\n");

    [Fact]
    public void Refuses_what_dnf_would_not_take() =>
        Plan(
            new DnfRepository("a/b")
            {
                Uris = ["packages.example.org", "https://a.example.org,https://b.example.org"],
                SigningKey = "no key",
                Unsigned = true,
            },
            ""
        );

    [Fact]
    public void Refuses_a_signed_index_without_the_key() => Plan(Example with { SigningKey = null, SignedIndex = true }, "");

    [Fact]
    public void Removes_all_files_of_a_repository() =>
        Plan(new NoDnfRepository("example"), "/etc/yum.repos.d/example.repo\n/etc/pki/rpm-gpg/RPM-GPG-KEY-example\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_repository() => Plan(new NoDnfRepository("example"), "");

    [Fact]
    public void Refuses_to_remove_a_path() => Plan(new NoDnfRepository("../example"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<DnfRepository>
            {
                LosesOnly = "what dnf had fetched of it, which is fetched again",
                BareElsewhere = "it takes a host with dnf: DnfTests of the lab",
                ForRoot = [new(new DnfRepository("more") { Uris = ["file:///srv/more"], Unsigned = true })],
            },
            new Sample<NoDnfRepository>
            {
                LosesOnly = "files that it names",
                ForRoot = [new(new NoDnfRepository("old")) { Prepare = "mkdir -p /etc/yum.repos.d; : >/etc/yum.repos.d/old.repo" }],
            },
        ];

    static string Same(string mode)
    {
        Content content =
            "[example]\nname=example\nbaseurl=https://packages.example.org/el/$releasever/$basearch\nenabled=1\ngpgcheck=1\n"
            + "repo_gpgcheck=0\ngpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-example\n";
        return $"file|{mode}|root|root|{content.Length}|{content.Digest}\nmissing\n";
    }
}
