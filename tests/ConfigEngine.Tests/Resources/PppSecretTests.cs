using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PppSecretTests : ISamples
{
    const string Others = "# Secrets for authentication using CHAP\n# client\tserver\tsecret\t\t\tIP addresses\nbob\tpptpd\tother\t*\n";

    static PppSecret Alice =>
        new("alice", "pptpd") { Password = SecretTests.Known("it's \"a\" \\secret", "ALICE_PASSWORD"), Addresses = ["192.168.1.234"] };

    const string AliceLine = "alice pptpd \"it's \\\"a\\\" \\\\secret\" 192.168.1.234\n";

    static string File(string content, string mode = "600", string owner = "root") => Files.Text(content, mode, owner);

    [Fact]
    public void Adds_a_line_and_keeps_others() => Plan(Alice, File(Others));

    [Fact]
    public void Makes_the_file() => Plan(Alice, Files.Absent);

    [Fact]
    public void Leaves_a_line_that_is_there() => Plan(Alice, File(Others + AliceLine));

    [Fact]
    public void Reads_a_line_however_it_is_quoted() =>
        Plan(Alice, File("'ali'ce\tpptpd it\\'s\\ \\\"a\\\"\\ '\\\\secret' 192.168.1.234 # hers\n"));

    [Fact]
    public void Sees_another_password_without_showing_either() =>
        Plan(Alice, File(Others + AliceLine.Replace("it's", "its", StringComparison.Ordinal)));

    [Fact]
    public void Sees_other_addresses() => Plan(Alice with { Addresses = ["*"] }, File(Others + AliceLine));

    [Fact]
    public void Takes_a_second_line_away() => Plan(Alice, File(AliceLine + Others + AliceLine));

    [Fact]
    public void Lets_nobody_else_read_the_file() => Plan(Alice, File(Others + AliceLine, "644", "app"));

    [Fact]
    public void Has_a_file_of_its_own_for_pap() => Plan(Alice with { Protocol = "pap" }, File(Others, "600"));

    [Fact]
    public void Needs_ppp() => Plan(Alice, "absent|absent\nmissing\n");

    [Fact]
    public void Refuses_a_password_that_pppd_cannot_read() =>
        Plan(Alice with { Password = SecretTests.Known("@/etc/shadow", "ALICE_PASSWORD") }, File(Others));

    [Fact]
    public void Refuses_what_is_no_name_and_no_address() =>
        Plan(
            new PppSecret("", "a\nb")
            {
                Password = SecretTests.Known("x", "ALICE_PASSWORD"),
                Addresses = ["office", "192.168.1.5/24"],
                Protocol = "mschap",
            },
            File(Others)
        );

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("\"both' \\ #")]
    [InlineData("ünïcode")]
    public void A_word_is_read_back(string word)
    {
        Assert.Equal([word, "x"], PppWords.Read($"{PppWords.Write(word)} x"));
        Assert.Equal([word, "x"], PppWords.Read($"{PppWords.Quoted(word)} x # y"));
    }

    [Fact]
    public void Removes_a_line_and_shows_nothing_of_the_others()
    {
        NoPppSecret gone = new("alice", "pptpd");
        var change = gone.Compare(gone.Read(Output.Of(File(Others + AliceLine))));

        Assert.Equal([new AttributeChange("line", "alice pptpd", "none")], change?.Attributes);
        var write = Assert.Single(change?.Operations ?? []);
        Assert.True(write.Input?.IsSecret);
        Assert.Equal(Others, write.Input?.Text);
    }

    [Fact]
    public void Wants_nothing_of_other_servers() => Plan(new NoPppSecret("alice"), File(Others + AliceLine));

    [Fact]
    public void Wants_nothing_where_there_is_no_such_line() => Plan(new NoPppSecret("carol"), File(Others));

    [Fact]
    public void Wants_nothing_where_there_is_no_ppp() => Plan(new NoPppSecret("carol"), "absent|absent\nmissing\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PppSecret>
            {
                LosesOnly = "the password that the client had",
                Bare =
                [
                    new(new PppSecret("alice") { Password = SecretTests.Known("hers", "ALICE_PASSWORD") })
                    {
                        Prepare = "mkdir -p /etc/ppp",
                        IsThere = "grep -qx 'alice \\* \"hers\" \\*' /etc/ppp/chap-secrets",
                    },
                ],
            },
            new Sample<NoPppSecret>
            {
                LosesOnly = "the line",
                ForRoot =
                [
                    new(new NoPppSecret("bob"))
                    {
                        Prepare = "mkdir -p /etc/ppp; echo 'bob * x *' >>/etc/ppp/chap-secrets; chmod 600 /etc/ppp/chap-secrets",
                    },
                ],
            },
        ];
}
