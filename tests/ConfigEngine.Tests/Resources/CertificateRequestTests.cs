using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class CertificateRequestTests : ISamples
{
    /// <summary>A request for app.example.com and 10.0.0.7.</summary>
    internal const string Text = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIIBBzCBrwIBADAaMRgwFgYDVQQDDA9hcHAuZXhhbXBsZS5jb20wWTATBgcqhkjO
        PQIBBggqhkjOPQMBBwNCAATGD7ngEqEzzpvL08H2S58IIY+/jWckENOLxhxe6YJJ
        6mpSkpEzgPEiKGgmu3JmWz5188Y5yUh7WFrOtLOt/TNgoDMwMQYJKoZIhvcNAQkO
        MSQwIjAgBgNVHREEGTAXgg9hcHAuZXhhbXBsZS5jb22HBAoAAAcwCgYIKoZIzj0E
        AwIDRwAwRAIgecyF0dcLhNvgXQpBfC3XxT1JMkfxASlTmizsNWCH3P8CICBKl8Ej
        TSA4eQRkxX3HnVWINLqXfV/k+GIYhGTVbnL8
        -----END CERTIFICATE REQUEST-----

        """;

    static readonly CertificateRequest App = new("/etc/ssl/app.csr") { Names = ["app.example.com", "10.0.0.7"] };

    const string Nothing = $"public=\nfiles\n{Files.Absent}{Files.Absent}";

    static string There(string half = CertificateTests.Half) =>
        $"public={half}\nfiles\nfile|600|root|root|241|aa\nmissing\n{Files.Text(Text)}";

    [Fact]
    public void Makes_a_key_and_a_request() => Plan(App, Nothing);

    [Fact]
    public void Leaves_a_request_that_is_right() => Plan(App, There());

    [Fact]
    public void Asks_for_other_names_with_the_same_key() => Plan(App with { Names = ["www.example.com"] }, There());

    [Fact]
    public void Replaces_what_is_not_a_key_and_says_so() => Plan(App, There(""));

    [Fact]
    public void Repairs_owners_and_modes() => Plan(App with { KeyGroup = "ssl-cert", KeyMode = "0640", Mode = "0600" }, There());

    [Fact]
    public void Refuses_a_request_for_no_name() => Plan(App with { Names = [] }, Nothing);

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<CertificateRequest>
            {
                Losses = [new(App with { KeyType = "rsa" }, There(), "Discards the ecdsa key /etc/ssl/app.key")],
                Bare =
                [
                    new(new CertificateRequest("/srv/request.csr") { Names = ["app"] })
                    {
                        IsThere = "openssl req -verify -noout -in /srv/request.csr && test -s /srv/request.key",
                    },
                ],
            },
        ];
}
