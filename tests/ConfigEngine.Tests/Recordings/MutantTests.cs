using ConfigEngine.Resources;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Recordings;

/// <summary>A mutant is a resource as after a slip: near the one that was meant, and one that cfg would take.</summary>
public sealed class MutantTests
{
    static IReadOnlyList<string> Of(Resource resource) => [.. Mutant.Of(resource, _ => { }).Select(mutant => mutant.What)];

    [Fact]
    public void Each_property_that_is_set_has_another_value_and_none() =>
        Assert.Equal(
            [
                "Mode 0644 → 0600",
                "Mode 0644 → (not set)",
                "Content \"hello\\n\" → 12 bytes, sha256 ac510df4caa6",
                "Owner app → appx",
                "Owner app → (not set)",
                "Deadline 30 s → 31 s",
                "Deadline 30 s → (not set)",
                "left out",
            ],
            Of(
                    new ConfigEngine.Resources.File("/etc/motd")
                    {
                        Content = "hello\n",
                        Mode = "0644",
                        Owner = "app",
                        Deadline = TimeSpan.FromSeconds(30),
                    }
                )
                .OrderBy(what => "MCODl".IndexOf(what.StartsWith("Deadline", StringComparison.Ordinal) ? 'D' : what[0]))
        );

    [Fact]
    public void What_is_as_it_always_is_has_none() => Assert.Equal(["left out"], Of(new Package("nginx")));

    [Fact]
    public void A_value_that_is_refused_is_none() =>
        Assert.DoesNotContain(
            Of(new SystemdUnit("nginx.service") { Enabled = true, Running = true }),
            what => what.Contains("x →", StringComparison.Ordinal)
        );

    [Fact]
    public void Lists_lose_their_last_and_values_within_are_changed()
    {
        var found = Of(
            new NginxSite("app.example.com")
            {
                ServerNames = ["app.example.com", "www.example.com"],
                Locations = [new("/") { TryFiles = ["$uri", "/index.html"] }, new("/api/") { Proxy = "http://127.0.0.1:8080" }],
            }
        );

        Assert.Contains(
            "ServerNames[1] www.example.com → (not)",
            found.Select(what => what.Replace("\"", "", StringComparison.Ordinal))
        );
        Assert.Contains(found, what => what.StartsWith("Locations[0].TryFiles[1] ", StringComparison.Ordinal));
        Assert.Contains("Locations[1].Proxy http://127.0.0.1:8080 → http://127.0.0.1:8081", found);
    }

    [Fact]
    public void Each_handler_is_left_out_once()
    {
        var nginx = new SystemdUnit("nginx.service");

        Assert.Equal(
            ["Notifies reload nginx.service → (not)", "Notifies restart nginx.service → (not)", "left out"],
            Of(new Package("nginx") { Notifies = [nginx.Reload, nginx.Restart] })
        );
    }

    [Fact]
    public void Values_that_have_no_other_are_told()
    {
        List<string> unchanged = [];

        Mutant.Of(new SystemdUnit("nginx.service") { Until = Shell.Verbatim("true"), Enabled = true }, unchanged.Add);

        Assert.Empty(unchanged);
    }
}
