namespace ConfigEngine.Resources;

/// <summary>
/// A key that does not allow a login as a user: every line with it is removed from ~/.ssh/authorized_keys; other lines stay.
/// </summary>
/// <theme>users</theme>
/// <example>
/// <code>
/// new NoAuthorizedKey("deploy", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ")
/// </code>
/// </example>
/// <param name="User">The user's name. If the user does not exist, there is nothing to do.</param>
/// <param name="PublicKey">The key: type and base64; a comment does not matter.</param>
public sealed record NoAuthorizedKey(string User, Known<string> PublicKey) : Resource<KeyFile>
{
    ConfigEngine.Resources.PublicKey? Parsed => PublicKey.IsKnown ? ConfigEngine.Resources.PublicKey.Parse(PublicKey.Value) : null;

    /// <inheritdoc/>
    public override string Key => $"{User}: {PublicKey.Source ?? (Parsed is { } key ? $"{key.Type} {key.Blob}" : $"{PublicKey}")}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsUser(User) ? (string[])[] : [$"\"{User}\" is not a valid name for a user"],
            .. Parsed is null
                ? (string[])["it is not a public key: write its type and its base64, for example \"ssh-ed25519 AAAA…\""]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Of(User);

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [new(new($"keys of {User}", Parsed?.Blob ?? $"{PublicKey}"), "gone", $"the key does not let {User} in")];

    /// <inheritdoc/>
    internal override IEnumerable<Login> Logins => [Login.KeysOf(User)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => new AuthorizedKey(User, PublicKey).Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => new AuthorizedKey(User, PublicKey).Writes;

    /// <inheritdoc/>
    protected override KeyFile Desired => new(null, null, null, null, null);

    /// <inheritdoc/>
    protected override KeyFile? Towards(KeyFile? actual)
    {
        if (actual is null)
            return null;
        if (actual.Content is null || Parsed is not { } unwanted)
            return Desired;
        return Desired with
        {
            Content = KeyFile.Edit(
                actual,
                User,
                lines => lines.RemoveAll(line => ConfigEngine.Resources.PublicKey.Parse(line) is { } key && key.Is(unwanted))
            ),
        };
    }

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => KeyFile.Probe(User) with { Needs = _ => [] };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => KeyFile.Operations(User, diff);
}
