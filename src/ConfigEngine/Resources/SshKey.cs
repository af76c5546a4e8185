using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// A key pair of a user, in ~/.ssh (ssh-keygen(1)). If there is none, it is made, without a passphrase. An existing key stays
/// unless its type or length differs. Its public key is a value for other resources, also of other hosts. To remove a key, use a
/// <see cref="NoPath"/> for each of its two files.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>new SshKey("backup") { Comment = "backup@db1" }</code></example>
/// <param name="User">The user who owns it.</param>
public sealed record SshKey(string User) : Resource<SshKey.State>
{
    /// <summary>The file's name in ~/.ssh; <c>id_</c> and the type when null.</summary>
    public string? Name { get; init; }

    /// <summary>ed25519, ecdsa or rsa. When null, a new key is ed25519, and an existing one may be of any type.</summary>
    public string? Type { get; init; }

    /// <summary>The length of an ecdsa or rsa key in bits; left alone when null (ssh-keygen(1) chooses it for a new key).</summary>
    public int? Bits { get; init; }

    /// <summary>The text after the key in its .pub file; left alone when null (a new key has none).</summary>
    public string? Comment { get; init; }

    /// <summary>The public key as in the .pub file; known after apply if the key does not exist yet.</summary>
    public Known<string> PublicKey => Made(state => state.PublicKey is { } key ? $"{key} {Comment ?? state.Comment}".TrimEnd() : null);

    string File => Name ?? $"id_{Type ?? "ed25519"}";

    /// <inheritdoc/>
    public override string Key => $"~{User}/.ssh/{File}";

    /// <summary>What a plan compares.</summary>
    /// <param name="Type">ed25519, ecdsa or rsa.</param>
    /// <param name="Bits">The length.</param>
    /// <param name="Comment">The text after the key in its .pub file.</param>
    /// <param name="Mode">The private key's mode.</param>
    /// <param name="IsPublished">Whether the .pub file exists and has this key.</param>
    public sealed record State(string? Type, int? Bits, string? Comment, Mode? Mode, bool? IsPublished)
    {
        internal string? PublicKey { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsUser(User) ? (string[])[] : [$"\"{User}\" is not a valid name for a user"],
            .. File.Length is > 0 and < 100
            && File.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            && File[0] is not ('.' or '-')
            && !File.EndsWith(".pub", StringComparison.Ordinal)
            && File is not ("authorized_keys" or "known_hosts" or "config")
                ? (string[])[]
                : [$"\"{File}\" is not a valid name for a private key"],
            .. Type is null or "ed25519" or "ecdsa" or "rsa"
                ? (string[])[]
                : [$"there are keys of the types ed25519, ecdsa and rsa, and not \"{Type}\""],
            .. Bits is null || (Type, Bits) is ("rsa", >= 2048 and <= 16384) or ("ecdsa", 256 or 384 or 521)
                ? (string[])[]
                : [$"Bits = {Bits} is for Type = \"rsa\" (2048 to 16384) or \"ecdsa\" (256, 384 or 521)"],
            .. Comment is null || !Comment.Any(char.IsControl) ? (string[])[] : ["its Comment is several lines"],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Of(User);

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.User(User)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.User(User), Aspect.Path(ConventionalPath), Aspect.Tool("ssh-keygen")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path($"{KeyFile.ConventionalHome(User)}/.ssh"), Aspect.Path(ConventionalPath), Aspect.Path($"{ConventionalPath}.pub")];

    /// <summary>Its usual path; the host looks up the real home.</summary>
    string ConventionalPath => $"{KeyFile.ConventionalHome(User)}/.ssh/{File}";

    /// <inheritdoc/>
    protected override State Desired => new(Type, Bits, Comment, "0600", true);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_ssh_key_of {User} {File}", Parse)
        {
            Tools = ["ssh-keygen"],
            Needs = output =>
                output.Properties["type"] is "nobody"
                    ?
                    [
                        new(Aspect.User(User), $"the user {User} does not exist")
                        {
                            Hint = "declare a User with HomeExists = true before this line",
                        },
                    ]
                    : [],
        };

    Shell AsUser(Shell script) => $"cfg_as {User} {script.Text}";

    State? Parse(Output output)
    {
        var said = output.Properties;
        switch (said["type"])
        {
            case "absent" or "nobody":
                return null;
            case "key":
                break;
            default:
                throw new UnexpectedOutputException($"{Key} is not a file");
        }

        var file = ConfigEngine.Resources.PublicKey.Parse(said["file"]);
        var key = said.Find("locked") is null
            ? ConfigEngine.Resources.PublicKey.Parse(said["public"]) ?? throw new UnexpectedOutputException($"{Key} is not a private key")
            : file
                ?? throw new UnexpectedOutputException(
                    $"{Key} has a passphrase, and there is no {Key}.pub that could tell its public key"
                );
        return new(
            TypeOf(key.Type),
            Number.Read(said["length"], "the length of a key in bits"),
            file?.Is(key) is true ? file.Comment : null,
            Mode.Said(said["mode"]),
            file?.Is(key) is true
        )
        {
            PublicKey = $"{key.Type} {key.Blob}",
        };
    }

    static string TypeOf(string name) =>
        name switch
        {
            "ssh-ed25519" => "ed25519",
            "ssh-rsa" => "rsa",
            _ when name.StartsWith("ecdsa-", StringComparison.Ordinal) => "ecdsa",
            _ => name,
        };

    static bool Replaces(Diff<State> diff) => diff.Creates || diff.Changes(s => s.Type) || diff.Changes(s => s.Bits);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        !diff.Creates && Replaces(diff) ? [new(EffectKind.Discards, $"the {diff.Actual?.Type} key {Key}")] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (Replaces(diff))
        {
            yield return new(
                AsUser($"cfg_make_ssh_key {File} {Type ?? "ed25519"} {Bits?.ToString(CultureInfo.InvariantCulture) ?? ""} {Comment ?? ""}")
            )
            {
                Title =
                    $"$ ssh-keygen -t {Type ?? "ed25519"}{(Bits is { } bits ? $" -b {bits}" : "")} -N '' -C "
                    + $"{Shell.Quote(Comment ?? "")} -f {Key}",
            };
        }
        else
        {
            if (diff.Changes(s => s.Mode))
                yield return Run(AsUser($"chmod 600 -- \"$HOME/.ssh/\"{File}")) with
                {
                    Title = $"$ chmod 600 {Key}",
                };
            if (diff.Changes(s => s.IsPublished) || diff.Changes(s => s.Comment))
                yield return Run(AsUser($"cfg_publish_ssh_key {File} {Comment ?? diff.Actual?.Comment ?? ""}")) with
                {
                    Title = $"write {Key}.pub",
                };
        }
    }
}
