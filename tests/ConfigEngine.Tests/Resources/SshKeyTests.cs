using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SshKeyTests : ISamples
{
    const string Public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    const string There = $"""
        type=key
        mode=600
        public={Public} backup@db1
        file={Public} backup@db1
        length=256
        """;

    [Fact]
    public void Makes_a_key_where_there_is_none() => Plan(new SshKey("backup") { Comment = "backup@db1" }, "type=absent\n");

    [Fact]
    public void Makes_a_key_of_a_type_and_length() =>
        Plan(
            new SshKey("backup")
            {
                Type = "rsa",
                Bits = 4096,
                Name = "deploy",
            },
            "type=absent\n"
        );

    [Fact]
    public void Leaves_a_key_that_is_there() => Plan(new SshKey("backup"), There);

    [Fact]
    public void Replaces_a_key_of_another_type_and_says_what_is_lost() =>
        Plan(new SshKey("backup") { Type = "rsa", Name = "id_ed25519" }, There);

    [Fact]
    public void Writes_the_public_half_again_where_it_is_that_of_another_key() =>
        Plan(
            new SshKey("backup"),
            $"""
            type=key
            mode=640
            public={Public}
            file=
            length=256
            """
        );

    [Fact]
    public void Needs_its_user() => Plan(new SshKey("backup"), "type=nobody\n");

    [Fact]
    public void Refuses_a_length_that_its_type_does_not_have() =>
        Plan(new SshKey("backup") { Type = "ed25519", Bits = 2048 }, "type=absent\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SshKey>
            {
                Losses =
                [
                    new(
                        new SshKey("ann") { Type = "rsa" },
                        $"type=key\nmode=600\npublic={Public}\nfile={Public}\nlength=256\n",
                        "Discards the ed25519 key ~ann/.ssh/id_rsa"
                    ),
                ],
                Bare = [new(new SshKey("app")) { Needs = "the user app", IsThere = "ssh-keygen -l -f /home/app/.ssh/id_ed25519.pub" }],
                ForRoot = [new(new SshKey("deploy"))],
            },
        ];
}
