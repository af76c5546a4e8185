namespace ConfigEngine.Resources;

/// <summary>
/// A key pair of the host itself, <c>/etc/ssh/ssh_host_TYPE_key</c> (sshd(8)). If there is none, it is made; an existing one is never
/// replaced. Its public key is a value for other resources, such as a <see cref="KnownHost"/> of another host. sshd uses a new key
/// after a reload. To remove a key, use a <see cref="NoPath"/> for each of its two files.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>new SshHostKey("ed25519")</code></example>
/// <param name="Type">ed25519, ecdsa or rsa.</param>
public sealed record SshHostKey(string Type) : Resource<SshHostKey.State>
{
    const string Root = "/etc/ssh";

    /// <summary>The public key as in the .pub file, without its comment; known after apply if the key does not exist yet.</summary>
    public Known<string> PublicKey => Made(state => state.PublicKey);

    string Name => $"ssh_host_{Type}_key";

    /// <inheritdoc/>
    public override string Key => Type;

    /// <summary>What a plan compares.</summary>
    /// <param name="IsPublished">Whether the .pub file exists and has this key.</param>
    public sealed record State(bool? IsPublished)
    {
        internal string? PublicKey { get; init; }

        internal string Comment { get; init; } = "";
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Type is "ed25519" or "ecdsa" or "rsa"
            ? []
            : [$"there are keys of the types ed25519, ecdsa and rsa, and not \"{Text.Excerpt(Type)}\""];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Writes, Aspect.Tool("ssh-keygen")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path($"{Root}/{Name}"), Aspect.Path($"{Root}/{Name}.pub")];

    /// <inheritdoc/>
    protected override State Desired => new(true);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new($"cfg_ssh_key {Name} {Root}", Parse) { Tools = ["ssh-keygen"] };

    State? Parse(Output output)
    {
        var said = output.Properties;
        switch (said["type"])
        {
            case "absent":
                return null;
            case "key":
                break;
            default:
                throw new UnexpectedOutputException($"{Root}/{Name} is not a file");
        }

        var key =
            ConfigEngine.Resources.PublicKey.Parse(said["public"])
            ?? throw new UnexpectedOutputException($"{Root}/{Name} is not a private key without a passphrase");
        var file = ConfigEngine.Resources.PublicKey.Parse(said["file"]);
        return new(file?.Is(key) is true) { PublicKey = $"{key.Type} {key.Blob}", Comment = key.Comment };
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) => diff.Creates ? ["sshd uses the key after it is reloaded"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates)
            yield return new($"cfg_make_ssh_key {Name} {Type} '' '' {Root}")
            {
                Title = $"$ ssh-keygen -t {Type} -N '' -C '' -f {Root}/{Name}",
            };
        else
            yield return new($"cfg_publish_ssh_key {Name} {diff.Actual?.Comment ?? ""} {Root}") { Title = $"write {Root}/{Name}.pub" };
    }
}
