using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class AuthorizedKeyTests : ISamples
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    const string Good = "home\ndirectory|700|deploy\nregular file|600|deploy\n";

    const string Digest = "0000000000000000000000000000000000000000000000000000000000000000\n";

    [Fact]
    public void Makes_the_directory_and_the_file() => Plan(new AuthorizedKey("deploy", Key + " ann@laptop"), "home\nabsent\nabsent\n");

    [Fact]
    public void Adds_a_key_and_keeps_others() =>
        Plan(
            new AuthorizedKey("deploy", Key)
            {
                From = ["198.51.100.0/24", "*.example.org"],
                Command = "echo \"hi\"",
                Options = ["no-pty"],
            },
            Good + Digest + "# a comment\nssh-rsa AAAAB3NzaC1yc2E= old"
        );

    [Fact]
    public void Changes_the_comment_and_the_options_of_a_key_that_is_there() =>
        Plan(new AuthorizedKey("deploy", Key + " new") { Options = [] }, Good + Digest + $"from=\"a b\",no-pty {Key} old\n");

    [Fact]
    public void Takes_away_a_second_line_with_the_same_key() =>
        Plan(new AuthorizedKey("deploy", Key), Good + Digest + $"no-pty {Key} one\n# two\n{Key} two\n");

    [Fact]
    public void Repairs_owners_and_modes() =>
        Plan(new AuthorizedKey("deploy", Key), $"home\ndirectory|755|root\nregular file|644|root\n{Digest}{Key} old\n");

    [Fact]
    public void Wants_nothing_of_a_key_that_is_there() => Plan(new AuthorizedKey("deploy", Key), Good + Digest + $"no-pty {Key} old\n");

    [Fact]
    public void Says_that_there_is_no_such_user() => Plan(new AuthorizedKey("deploy", Key), "nouser\n");

    [Fact]
    public void Says_that_there_is_no_home() => Plan(new AuthorizedKey("deploy", Key), "nohome=/srv/deploy\n");

    [Fact]
    public void Refuses_what_is_no_key() => Plan(new AuthorizedKey("deploy", "ann@laptop"), "");

    [Fact]
    public void Refuses_half_a_key() => Plan(new AuthorizedKey("deploy", "ssh-ed25519 AAAAB3NzaC1yc2E="), "");

    [Fact]
    public void Refuses_several_keys_and_line_ends() =>
        Plan(new AuthorizedKey("deploy", $"{Key}\n{Key}") { Command = "a\nb", Options = ["environment=a b"] }, "");

    [Fact]
    public void Does_not_follow_a_link() =>
        Plan(new AuthorizedKey("deploy", Key), "home\ndirectory|700|deploy\nsymbolic link|777|deploy\n");

    [Fact]
    public void Removes_every_line_with_a_key() =>
        Plan(new NoAuthorizedKey("deploy", Key), Good + Digest + $"no-pty {Key} one\n# two\n{Key} two\n");

    [Fact]
    public void Wants_nothing_where_the_key_is_not() => Plan(new NoAuthorizedKey("deploy", Key), Good + Digest + "# two\n");

    [Fact]
    public void Wants_nothing_where_the_user_is_not() => Plan(new NoAuthorizedKey("deploy", Key), "nouser\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<AuthorizedKey>
            {
                LosesOnly = "the options of a key that it names",
                Bare =
                [
                    new(new AuthorizedKey("app", Key))
                    {
                        Needs = "the user app",
                        IsThere = $"grep -q -F '{Key}' /home/app/.ssh/authorized_keys",
                    },
                ],
                ForRoot = [new(new AuthorizedKey("deploy", Key))],
            },
            new Sample<NoAuthorizedKey>
            {
                LosesOnly = "a key that it names",
                ForRoot =
                [
                    new(new NoAuthorizedKey("root", Key))
                    {
                        Prepare = $"mkdir -p -m 700 /root/.ssh; echo '{Key} x' >>/root/.ssh/authorized_keys",
                    },
                ],
            },
        ];
}
