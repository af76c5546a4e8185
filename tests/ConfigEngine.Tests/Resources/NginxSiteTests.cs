using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NginxSiteTests : ISamples
{
    static readonly NginxSite App = new("app")
    {
        ServerNames = ["app.example.com"],
        Locations =
        [
            new("^~ /api/")
            {
                Proxy = "http://127.0.0.1:8080",
                Rewrite = "/",
                ReadTimeout = TimeSpan.FromMinutes(5),
            },
        ],
    };

    const string Nothing = $"layout=sites\nenabled=no\nfile\n{Files.Absent}";

    static string There(NginxSite site, string enabled = "yes", string mode = "644") =>
        $"layout=sites\nenabled={enabled}\nfile\n{Files.Text(Written(site), mode: mode)}";

    static string Written(NginxSite site) =>
        site.Compare(new(null)) is { After.State: NginxSite.State { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    [Fact]
    public void Passes_requests_on_with_another_path() => Plan(App, Nothing);

    [Fact]
    public void Serves_an_application_of_one_page_with_its_program() =>
        Plan(
            new NginxSite("app")
            {
                ServerNames = ["app.example.com", "*.app.example.com"],
                Certificate = "/etc/ssl/app.crt",
                Root = "/srv/app",
                Directives = ["client_max_body_size 50m;"],
                Locations =
                [
                    new("/ws")
                    {
                        Proxy = "http://unix:/run/app.sock",
                        WebSockets = true,
                        Headers = new() { ["Host"] = "app", ["X-Text"] = "a \"b\" {c}" },
                    },
                    new("/assets/") { Alias = "/srv/app assets/", Expires = TimeSpan.FromDays(30) },
                    new("= /old") { Redirect = "https://new.example.com$request_uri", RedirectCode = 301 },
                    new("/") { TryFiles = ["$uri", "$uri/", "/index.html"] },
                ],
            },
            Nothing
        );

    [Fact]
    public void Writes_a_whole_file_as_it_is() => Plan(new NginxSite("raw") { Content = "server { listen 81; return 204; }\n" }, Nothing);

    [Fact]
    public void Is_a_file_in_conf_d_where_there_are_no_sites() => Plan(App, $"layout=conf\nenabled=yes\nfile\n{Files.Absent}");

    [Fact]
    public void Leaves_a_site_that_is_right() => Plan(App, There(App));

    [Fact]
    public void Repairs_its_content_and_its_mode() =>
        Plan(
            App,
            $"layout=sites\nenabled=yes\nfile\n{Files.Text(Written(App).Replace("300s", "1s", StringComparison.Ordinal), mode: "666")}"
        );

    [Fact]
    public void Gives_it_its_mode_again() => Plan(App, There(App, mode: "600"));

    [Fact]
    public void Enables_a_site_that_somebody_disabled() => Plan(App, There(App, "no"));

    [Fact]
    public void Replaces_no_file_in_the_place_of_the_link() => Plan(App, There(App, "file"));

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, "layout=apache\nenabled=yes\nfile\n");

    [Fact]
    public void Refuses_a_site_that_serves_nothing() => Plan(new NginxSite("app"), Nothing);

    [Fact]
    public void Refuses_what_nginx_would_not_take() =>
        Plan(
            new NginxSite("../app")
            {
                ServerNames = ["https://app.example.com", "a b"],
                Listen = ["0", "http"],
                CertificateKey = "/etc/ssl/app.key",
                Directives = ["gzip on"],
                Locations =
                [
                    new("api"),
                    new("/") { Proxy = "127.0.0.1:8080", Redirect = "/x" },
                    new("~ \\.php$") { Proxy = "http://127.0.0.1:9000", Rewrite = "/" },
                    new("/")
                    {
                        Root = "srv",
                        Headers = new() { ["X Y"] = "1" },
                        RedirectCode = 200,
                    },
                    new("/a\nb") { TryFiles = ["$uri"] },
                    new("/slow") { Proxy = "http://a", ReadTimeout = TimeSpan.Zero },
                ],
            },
            Nothing
        );

    [Fact]
    public void Refuses_other_properties_beside_a_whole_file() =>
        Plan(new NginxSite("app") { Content = "x", ServerNames = ["a"] }, Nothing);

    [Fact]
    public void Refuses_two_sites_of_one_name() =>
        Assert.Equal(
            "the site app answers for app.example.com on port 80, and the site other answers for App.example.com on port 80",
            Claim.Contradiction([App, new NginxSite("other") { ServerNames = ["App.example.com"], Root = "/srv" }])?.Words
        );

    [Fact]
    public void Removes_a_site() =>
        Plan(new NoNginxSite("default"), "/etc/nginx/sites-enabled/default\n/etc/nginx/sites-available/default\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_site() => Plan(new NoNginxSite("default"), "");

    [Fact]
    public void Refuses_to_remove_a_path() => Plan(new NoNginxSite("../nginx.conf"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NginxSite>
            {
                LosesOnly = "the file of the site",
                BareElsewhere = "NginxTests of the lab: it needs nginx",
                ForRoot = [new(App)],
            },
            new Sample<NoNginxSite>
            {
                LosesOnly = "the file of the site, and its link",
                ForRoot = [new(new NoNginxSite("other")) { Prepare = "mkdir -p /etc/nginx/conf.d; echo >/etc/nginx/conf.d/other.conf" }],
            },
        ];
}
