using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SshHostKeyTests : ISamples
{
    const string Public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    [Fact]
    public void Makes_a_key_where_there_is_none() => Plan(new SshHostKey("ed25519"), "type=absent\n");

    [Fact]
    public void Leaves_a_key_that_is_there() =>
        Plan(new SshHostKey("ed25519"), $"type=key\nmode=600\npublic={Public} root@db1\nfile={Public} root@db1\nlength=256\n");

    [Fact]
    public void Writes_the_public_half_again_where_it_is_that_of_another_key() =>
        Plan(new SshHostKey("ed25519"), $"type=key\nmode=600\npublic={Public} root@db1\nfile=\nlength=256\n");

    [Fact]
    public void Refuses_what_is_no_type() => Plan(new SshHostKey("dsa"), "type=absent\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(new SshHostKey("rsa"), "type=other\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SshHostKey>
            {
                LosesOnly = "nothing: an existing key is never replaced",
                Bare = [new(new SshHostKey("ecdsa")) { IsThere = "ssh-keygen -l -f /etc/ssh/ssh_host_ecdsa_key.pub" }],
            },
        ];
}
