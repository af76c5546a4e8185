using ConfigEngine.Ssh;
using ConfigEngine.Ssh.Native;

namespace ConfigEngine.Tests;

/// <summary>Which keys of hosts are the right ones (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).</summary>
public sealed class KnownHostsTests : IDisposable
{
    static readonly byte[] Key = Blob(1);
    static readonly byte[] Other = Blob(2);
    static readonly string Mine = $"ssh-ed25519 {Convert.ToBase64String(Key)}";
    static readonly string Theirs = $"ssh-ed25519 {Convert.ToBase64String(Other)}";

    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-known-");

    string File => Path.Combine(directory.FullName, "known_hosts");

    [Fact]
    public void A_known_key_is_accepted_under_any_of_its_names()
    {
        Accepted($"web1 {Mine}");
        Accepted($"WEB1,203.0.113.1 {Mine} a comment");
        Accepted($"*.example.com,we?1 {Mine}");
        Accepted($"{KnownKey.Hashed("web1", Convert.ToBase64String(new byte[20]))} {Mine}");
        Accepted($"# a comment\n\nother {Theirs}\nweb1 {Theirs}\nweb1 {Mine}");
        Accepted($"[web1]:2200 {Mine}", port: 2200);
        // ssh accepts the key of the standard port for another one.
        Accepted($"web1 {Mine}", port: 2200);
        Accepted($"the-alias {Mine}", alias: "the-alias", port: 2200);
    }

    [Fact]
    public void A_key_that_is_known_for_another_name_is_unknown()
    {
        Is(FailureKind.KeyUnknown, $"web2 {Mine}");
        Is(FailureKind.KeyUnknown, $"web*,!web1 {Mine}");
        Is(FailureKind.KeyUnknown, $"[web1]:2200 {Mine}");
        Is(FailureKind.KeyUnknown, $"{KnownKey.Hashed("web2", Convert.ToBase64String(new byte[20]))} {Mine}");
        Is(FailureKind.KeyUnknown, $"web1 {Mine}", alias: "the-alias");
        Is(FailureKind.KeyUnknown, $"web1 {Theirs}", port: 2200);
        Is(FailureKind.KeyUnknown, $"@cert-authority web1 {Mine}");
    }

    [Fact]
    public void Another_key_than_the_known_one_is_a_changed_one()
    {
        Is(FailureKind.KeyChanged, $"web1 {Theirs}");
        Is(FailureKind.KeyChanged, $"web2 {Mine}\nweb1 {Theirs}");
        Is(FailureKind.KeyChanged, $"[web1]:2200 {Theirs}", port: 2200);
    }

    [Fact]
    public void A_revoked_key_is_never_accepted()
    {
        Is(FailureKind.KeyRevoked, $"@revoked web1 {Mine}");
        Is(FailureKind.KeyRevoked, $"web1 {Mine}\n@revoked * {Mine}");
        Is(FailureKind.KeyRevoked, $"@revoked * {Mine}", accepts: true);
    }

    [Theory]
    [InlineData("web1")]
    [InlineData("web1 ssh-ed25519")]
    [InlineData("web1 ssh-ed25519 ????")]
    [InlineData("web1 ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB")]
    [InlineData("@strange web1 ssh-ed25519 AAAA")]
    [InlineData("|1|broken ssh-ed25519 AAAA")]
    public void A_line_that_cannot_be_read_counts_for_nothing_and_is_named(string line)
    {
        Accepted($"{line}\nweb1 {Mine}");

        Assert.Contains($"Lines that cannot be read: {File}:1", Is(FailureKind.KeyUnknown, line).Next, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_shown_with_the_line_that_makes_it_known()
    {
        Assert.Contains($"[web1]:2200 {Mine}", Is(FailureKind.KeyUnknown, "", port: 2200).Next, StringComparison.Ordinal);
        Accepted($"[web1]:2200 {Mine}", port: 2200);
    }

    [Fact]
    public void A_new_key_is_written_down_once_and_a_changed_one_never()
    {
        System.IO.File.WriteAllText(File, "web2 without-an-end-of-line");
        Assert.Null(Check(null, "web1", 22, null, Accepts.New).OfKey(Key));
        Assert.Null(Check(null, "web1", 22, null, Accepts.Known).OfKey(Key));
        Assert.Equal($"web2 without-an-end-of-line\nweb1 {Mine}\n", System.IO.File.ReadAllText(File));

        Assert.Equal(FailureKind.KeyChanged, Check(null, "web1", 22, null, Accepts.New).OfKey(Other)?.Kind);
        Assert.DoesNotContain(Theirs, System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_hashed_where_the_configuration_says_so()
    {
        Assert.Null(Check(null, "web1", 22, null, Accepts.Hashed).OfKey(Key));

        Assert.StartsWith("|1|", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Null(Check(null, "web1", 22, null, Accepts.Known).OfKey(Key));
    }

    void Accepted(string lines, string? alias = null, int port = 22) =>
        Assert.Null(Check(lines, "web1", port, alias, Accepts.Known).OfKey(Key)?.Reason);

    Failure Is(FailureKind kind, string lines, string? alias = null, int port = 22, bool accepts = false)
    {
        var failure = Check(lines, "web1", port, alias, accepts ? Accepts.New : Accepts.Known).OfKey(Key);
        Assert.Equal(kind, failure?.Kind);
        return failure!;
    }

    HostKeyCheck Check(string? lines, string name, int port, string? alias, Accepts accepts)
    {
        if (lines is not null)
            System.IO.File.WriteAllText(File, lines + "\n");
        HostSettings settings = new(name, name, port, "root")
        {
            HostKeyAlias = alias,
            KnownHosts = [File],
            AcceptsNewKeys = accepts is not Accepts.Known,
            HashesNames = accepts is Accepts.Hashed,
        };
        return new(settings, KnownHosts.Of(settings), null, TimeProvider.System);
    }

    static byte[] Blob(byte fill) => [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. Enumerable.Repeat(fill, 32)];

    public void Dispose() => directory.Delete(recursive: true);

    enum Accepts
    {
        Known,
        New,
        Hashed,
    }
}
