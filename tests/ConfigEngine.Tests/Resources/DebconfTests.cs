using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class DebconfTests : ISamples
{
    static readonly Debconf Mailer = new("postfix", "postfix/main_mailer_type") { Type = "select", Value = "Internet Site" };

    static readonly Debconf Password = new("slapd", "slapd/password1") { Password = SecretTests.Known("hunter2", "LDAP") };

    static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Answers_before_a_package_asks() => Plan(Mailer, "installed=no\nexists=no\n");

    [Fact]
    public void Leaves_an_answer_that_is_as_wanted() => Plan(Mailer, "installed=yes\nexists=yes\nseen=true\nvalue=Internet Site\n");

    [Fact]
    public void Changes_an_answer_of_a_package_that_is_installed() =>
        Plan(Mailer, "installed=yes\nexists=yes\nseen=true\nvalue=Local only\n");

    [Fact]
    public void Configures_a_package_again() =>
        Plan(Mailer with { Notifies = [Mailer.Reconfigure] }, "installed=yes\nexists=yes\nseen=true\nvalue=Local only\n");

    [Fact]
    public void Counts_a_default_that_nobody_has_seen_as_no_answer() =>
        Plan(Mailer, "installed=no\nexists=yes\nseen=false\nvalue=Internet Site\n");

    [Fact]
    public void Shows_no_password() => Plan(Password, $"installed=no\nexists=yes\nseen=true\ndigest={Digest("old")}\n");

    [Fact]
    public void Leaves_a_password_that_is_as_wanted() =>
        Plan(Password, $"installed=no\nexists=yes\nseen=true\ndigest={Digest("hunter2")}\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Mailer, "installed=yes\nexists=perhaps\n");

    [Fact]
    public void Refuses_what_is_no_question_and_no_answer() =>
        Plan(new Debconf("post fix", "mailname") { Type = "boolean", Value = "yes\n" }, "");

    [Fact]
    public void Refuses_a_password_in_the_open() => Plan(new Debconf("slapd", "slapd/password1") { Type = "password", Value = "x" }, "");

    [Fact]
    public void Refuses_no_answer() => Plan(new Debconf("slapd", "slapd/domain"), "");

    [Fact]
    public void Takes_an_answer_away() => Plan(new NoDebconf("slapd", "slapd/password1"), "answered=yes\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_answer() => Plan(new NoDebconf("slapd", "slapd/password1"), "answered=no\n");

    [Fact]
    public void Does_not_guess_whether_there_is_an_answer() => Plan(new NoDebconf("slapd", "slapd/password1"), "answered=\n");

    [Fact]
    public void Refuses_to_take_away_what_is_no_question() => Plan(new NoDebconf("slap d", "password1"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoDebconf>
            {
                LosesOnly = "the answer",
                ForRoot =
                [
                    new(new NoDebconf("cfg-lab", "cfg-lab/gone"))
                    {
                        Prepare = "echo 'cfg-lab cfg-lab/gone string hello' | debconf-set-selections",
                    },
                ],
            },
            new Sample<Debconf>
            {
                LosesOnly = "the answer that was there",
                Bare =
                [
                    new(new Debconf("cfg-lab", "cfg-lab/greeting") { Value = "hello there" })
                    {
                        IsThere = "debconf-show cfg-lab | grep -qxF '* cfg-lab/greeting: hello there'",
                    },
                ],
            },
        ];
}
