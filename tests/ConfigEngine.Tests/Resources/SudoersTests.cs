using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SudoersTests : ISamples
{
    static readonly Sudoers Deploy = new("deploy")
    {
        Rules =
        [
            new("deploy") { Commands = ["/usr/bin/systemctl restart app", "!/usr/bin/su"], NoPassword = true },
            new("%admins") { RunAs = "postgres", NoPassword = false },
        ],
    };

    [Fact]
    public void Writes_rules() => Plan(Deploy, "absent|directory\nmissing\n");

    [Fact]
    public void Repairs_a_mode_that_sudo_would_refuse() =>
        Plan(
            new Sudoers("deploy") { Content = "x\n" },
            "file|664|root|adm|2|73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac\nmissing\nx\n"
        );

    [Fact]
    public void Wants_nothing_of_a_file_that_is_as_wanted() =>
        Plan(
            new Sudoers("deploy") { Content = "x\n" },
            "file|440|root|root|2|73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac\nmissing\nx\n"
        );

    [Fact]
    public void Refuses_a_name_that_sudo_ignores() => Plan(new Sudoers("deploy.conf") { Content = "x\n" }, "");

    [Fact]
    public void Refuses_a_command_without_its_path() =>
        Plan(new Sudoers("deploy") { Rules = [new("deploy") { Commands = ["systemctl restart app"] }] }, "");

    [Fact]
    public void Refuses_lines_within_a_rule() =>
        Plan(new Sudoers("deploy") { Rules = [new("deploy\nALL") { Commands = ["/bin/a\nmallory ALL=(ALL) ALL"], RunAs = "" }] }, "");

    [Fact]
    public void Refuses_a_file_without_rules() => Plan(new Sudoers("deploy") { Rules = [] }, "");

    [Fact]
    public void Refuses_to_say_nothing() => Plan(new Sudoers("deploy"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Sudoers>
            {
                LosesOnly = "a file of its own",
                Bare =
                [
                    new(new Sudoers("app") { Rules = [new("app") { Commands = ["/usr/bin/true"] }] })
                    {
                        Needs = "the user app",
                        IsThere = "test -f /etc/sudoers.d/app",
                    },
                ],
            },
        ];
}
