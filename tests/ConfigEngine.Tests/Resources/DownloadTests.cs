using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class DownloadTests : ISamples
{
    const string Sum = "d4e4877bac978b7952f0d544fc52ebff5411d351d129f1f056fa43f11da9af2b";
    const string Other = "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac";

    static readonly Download App = new("/opt/app.tar.gz") { Url = "https://example.com/app?v=1&os=linux", Checksum = $"sha256:{Sum}" };

    [Fact]
    public void Fetches_what_is_not_there() => Plan(App with { Owner = "root", Mode = "0640" }, observed: "fetches\n-\n" + Files.Absent);

    [Fact]
    public void Fetches_again_what_has_another_checksum() => Plan(App, observed: $"fetches\n{Other}  -\n" + Seen());

    [Fact]
    public void Leaves_what_has_the_checksum() => Plan(App, observed: $"cannot\n{Sum}  -\n" + Seen());

    [Fact]
    public void Changes_owner_and_mode_without_fetching() =>
        Plan(App with { Owner = "deploy", Group = "www", Mode = "0600" }, observed: $"fetches\n{Sum}  -\n" + Seen());

    [Fact]
    public void Takes_a_checksum_of_512_bits() =>
        Plan(App with { Checksum = "sha512:" + Sum + Other.ToUpperInvariant() }, observed: "fetches\n-\n" + Files.Absent);

    [Fact]
    public void Needs_something_that_fetches() => Plan(App, observed: "cannot\n-\n" + Files.Absent);

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(App, observed: "fetches\n-\nabsent|absent\nmissing\n");

    [Fact]
    public void Replaces_no_directory() => Plan(App, observed: "fetches\n-\ndirectory|755|root|root\nmissing\n");

    [Fact]
    public void Refuses_what_is_no_url() => Plan(App with { Url = "ftp://example.com/app" }, observed: "");

    [Fact]
    public void Refuses_a_password_in_the_url() => Plan(App with { Url = "https://me:secret@example.com/app" }, observed: "");

    [Fact]
    public void Refuses_what_is_no_checksum() => Plan(App with { Checksum = "md5:d41d8cd98f00b204e9800998ecf8427e" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, observed: "perhaps\n-\n" + Files.Absent);

    static string Seen() => $"file|644|root|root|8|{Other}\nmissing\n";

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Download>
            {
                LosesOnly = "the content of a file that it names; what is no file there is refused",
                BareElsewhere = "DownloadTests of the lab, which have a web server",
                ForRoot =
                [
                    new(new Download("/srv/download") { Url = "http://127.0.0.1:1/x", Checksum = $"sha256:{new string('1', 64)}" }),
                ],
            },
        ];
}
