using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class CertificateTests : ISamples
{
    /// <summary>app.example.com and 10.0.0.7, for 397 days, signed by itself.</summary>
    const string Own = """
        -----BEGIN CERTIFICATE-----
        MIIBsjCCAVigAwIBAgIPFqlevF1fZMXBCT+vrX8kMAoGCCqGSM49BAMCMBoxGDAW
        BgNVBAMMD2FwcC5leGFtcGxlLmNvbTAeFw0yNjExMjcxMzM0NTZaFw0yNzEyMjkx
        MzM0NTZaMBoxGDAWBgNVBAMMD2FwcC5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEG
        CCqGSM49AwEHA0IABMYPueASoTPOm8vTwfZLnwghj7+NZyQQ04vGHF7pgknqalKS
        kTOA8SIoaCa7cmZbPnXzxjnJSHtYWs60s639M2CjgYAwfjAdBgNVHQ4EFgQU98jv
        CVcD8PJT6vW1Hc2Y0u+/AF0wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAw
        HQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMCAGA1UdEQQZMBeCD2FwcC5l
        eGFtcGxlLmNvbYcECgAABzAKBggqhkjOPQQDAgNIADBFAiBoQOcfh2VjHEYbG56R
        QzEzbzRugmQQ1u/ZhJ5Mjw/3pgIhALSxcE704jJ4xugZiT1Bi1k8hQmDupa+EKNT
        aWH7OzHW
        -----END CERTIFICATE-----

        """;

    /// <summary>The same, signed by "Example CA".</summary>
    const string Signed = """
        -----BEGIN CERTIFICATE-----
        MIIBzzCCAXWgAwIBAgIPPi/vxzV42+8MHexFfhQiMAoGCCqGSM49BAMCMBUxEzAR
        BgNVBAMMCkV4YW1wbGUgQ0EwHhcNMjYxMTI3MTMzNDU2WhcNMjcxMjI5MTMzNDU2
        WjAaMRgwFgYDVQQDDA9hcHAuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATGD7ngEqEzzpvL08H2S58IIY+/jWckENOLxhxe6YJJ6mpSkpEzgPEi
        KGgmu3JmWz5188Y5yUh7WFrOtLOt/TNgo4GiMIGfMB8GA1UdIwQYMBaAFMymXoL5
        mI8K5Dyd8jxo+MG3MtIKMB0GA1UdDgQWBBT3yO8JVwPw8lPq9bUdzZjS778AXTAM
        BgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIFoDAdBgNVHSUEFjAUBggrBgEFBQcD
        AQYIKwYBBQUHAwIwIAYDVR0RBBkwF4IPYXBwLmV4YW1wbGUuY29thwQKAAAHMAoG
        CCqGSM49BAMCA0gAMEUCIQDvFwg0hrHyAi524PD9PzODknJFtpSlx/76grZdNa3b
        7wIgTz9TrF8bbWhTZ289C80h0W8pVuEJ93qcXAyUCOF5SGg=
        -----END CERTIFICATE-----

        """;

    /// <summary>The public half of the key of both.</summary>
    internal const string Half =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExg+54BKhM86by9PB9kufCCGPv41n"
        + "JBDTi8YcXumCSepqUpKRM4DxIihoJrtyZls+dfPGOclIe1hazrSzrf0zYA==";

    /// <summary>The public half of another key.</summary>
    const string Other = "MCowBQYDK2VwAyEAZc4m6yXnkVXf6SFyRBCBZu34wKu1rHvz6WPor5iuN5I=";

    const string Key = "file|600|root|root|241|aa\nmissing\n";

    static readonly Certificate App = new("/etc/ssl/app.crt") { Names = ["app.example.com", "10.0.0.7"] };

    static readonly Certificate FromAuthority = App with { SignedBy = "/etc/ssl/ca.crt" };

    const string Nothing = $"public=\nfiles\n{Files.Absent}{Files.Absent}";

    [Fact]
    public void Makes_a_key_and_a_certificate() => Plan(App with { KeyGroup = "ssl-cert", KeyMode = "0640" }, Nothing);

    [Fact]
    public void Has_an_authority_sign_it() =>
        Plan(FromAuthority with { KeyType = "rsa", Lifetime = TimeSpan.FromDays(30) }, $"authority=yes\n{Nothing}");

    [Fact]
    public void Makes_an_authority() =>
        Plan(new Certificate("/etc/ssl/ca.crt") { IsAuthority = true, CommonName = "Example CA" }, Nothing);

    [Fact]
    public void Leaves_a_certificate_that_is_right() => Plan(App, There(Own));

    [Fact]
    public void Leaves_a_certificate_of_the_authority_that_is_right() => Plan(FromAuthority, $"authority=yes\n{There(Signed)}");

    [Fact]
    public void Makes_it_again_before_it_ends() => Plan(App, There(Own, "soon"));

    [Fact]
    public void Makes_one_again_that_has_ended() => Plan(FromAuthority, $"authority=yes\n{There(Signed, "past")}");

    [Fact]
    public void Makes_it_again_for_other_names_and_another_lifetime() =>
        Plan(App with { Names = ["app.example.com", "www.example.com"], Lifetime = TimeSpan.FromDays(90) }, There(Own));

    [Fact]
    public void Makes_it_again_for_another_key_and_keeps_the_key() => Plan(App, There(Own, half: Other));

    [Fact]
    public void Makes_a_key_of_another_type_and_says_what_is_lost() => Plan(App with { KeyType = "ed25519" }, There(Own));

    [Fact]
    public void Says_whose_certificate_is_replaced() => Plan(App, There(Signed, signed: "no"));

    [Fact]
    public void Says_that_another_authority_of_that_name_signed_it() =>
        Plan(FromAuthority, $"authority=yes\n{There(Signed, signed: "no")}");

    [Fact]
    public void Replaces_what_is_neither_a_certificate_nor_a_key_and_says_so() => Plan(App, There("x\n", "past", "no", ""));

    [Fact]
    public void Repairs_owners_and_modes() =>
        Plan(
            App with
            {
                Mode = "0644",
                KeyOwner = "root",
                Owner = "root",
            },
            $"ends=later\nsigned=yes\npublic={Half}\nfiles\nfile|644|www-data|root|241|aa\nmissing\n"
                + Files.Text(Own, mode: "666", owner: "www-data")
        );

    [Fact]
    public void Needs_its_authority() => Plan(FromAuthority, $"authority=absent\n{Nothing}");

    [Fact]
    public void Needs_the_key_of_its_authority() => Plan(FromAuthority, $"authority=keyless\n{Nothing}");

    [Fact]
    public void Is_signed_by_no_certificate_that_is_not_an_authority() => Plan(FromAuthority, $"authority=no\n{Nothing}");

    [Fact]
    public void Signs_the_request_of_another_host() =>
        Plan(
            new Certificate("/etc/ssl/issued/app.crt")
            {
                Names = ["app.example.com"],
                SignedBy = "/etc/ssl/ca.crt",
                Request = CertificateRequestTests.Text,
            },
            $"authority=yes\nfiles\n{Files.Absent}"
        );

    [Fact]
    public void Is_signed_for_no_other_subject_than_that_of_the_recipe() =>
        Plan(
            new Certificate("/etc/ssl/issued/app.crt")
            {
                Names = ["www.example.com"],
                SignedBy = "/etc/ssl/ca.crt",
                Request = CertificateRequestTests.Text,
            },
            $"authority=yes\nfiles\n{Files.Absent}"
        );

    [Fact]
    public void Refuses_a_certificate_for_no_name() => Plan(new Certificate("/etc/ssl/app.crt"), Nothing);

    [Fact]
    public void Refuses_what_is_no_name_and_no_key() =>
        Plan(
            new Certificate("/etc/ssl/app.crt")
            {
                Names = ["https://app.example.com", "a b", "*.*.example.com", "fe80::1%eth0"],
                CommonName = "a/b",
                KeyType = "dsa",
                KeyBits = 1024,
                KeyMode = "0644",
            },
            Nothing
        );

    [Fact]
    public void Refuses_what_does_not_go_together() =>
        Plan(
            new Certificate("/etc/ssl/app.crt")
            {
                IsAuthority = true,
                Names = ["app.example.com"],
                PrivateKey = "/etc/ssl/app.crt",
                SigningKey = "/etc/ssl/ca.key",
                Lifetime = TimeSpan.FromDays(30),
                RenewBefore = TimeSpan.FromDays(30),
                Request = "x",
            },
            Nothing
        );

    [Fact]
    public void Its_values_are_those_of_the_file()
    {
        var plan = App.Read(Output.Of(There(Own))).State as Certificate.State;

        Assert.Equal(Own, plan?.Seen?.Pem);
        Assert.Matches("^[0-9A-F]{64}$", plan?.Seen?.Fingerprint);
    }

    static string There(string certificate, string ends = "later", string signed = "yes", string half = Half) =>
        $"ends={ends}\nsigned={signed}\npublic={half}\nfiles\n{Key}{Files.Text(certificate)}";

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Certificate>
            {
                Losses =
                [
                    new(App with { KeyType = "ed25519" }, There(Own), "Discards the ecdsa key /etc/ssl/app.key"),
                    new(App, There(Signed, signed: "no"), "Discards the certificate /etc/ssl/app.crt from \"CN=Example CA\""),
                ],
                Bare =
                [
                    new(new Certificate("/srv/app.crt") { Names = ["app"] })
                    {
                        IsThere = "openssl x509 -noout -ext subjectAltName -in /srv/app.crt | grep -q DNS:app && test -s /srv/app.key",
                    },
                ],
            },
        ];
}
