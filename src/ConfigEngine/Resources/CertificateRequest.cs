namespace ConfigEngine.Resources;

/// <summary>
/// A request for a certificate, with its private key, made on the host by openssl(1). The key never leaves the host; the request is a
/// value for an authority on another host (<see cref="Certificate.Request"/>), or a file to hand in elsewhere.
/// </summary>
/// <theme>web</theme>
/// <example><code>new CertificateRequest("/etc/ssl/app.csr") { Names = ["app.example.com", "10.0.0.7"] }</code></example>
/// <param name="Path">The file of the request: an absolute path, in a directory that exists.</param>
public sealed record CertificateRequest(string Path) : CertificateFile<CertificateRequest.State>(Path)
{
    /// <summary>The names of hosts and the addresses to ask for; a name may begin with <c>*.</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The request as text; known after apply if it does not exist yet.</summary>
    public Known<string> Pem => Made(state => state.Seen?.Pem);

    /// <summary>What a plan compares.</summary>
    /// <param name="CommonName">The common name of its subject.</param>
    /// <param name="Names">The names and addresses that it asks for.</param>
    /// <param name="KeyType">ecdsa, rsa or ed25519.</param>
    /// <param name="KeyBits">The length of the key.</param>
    /// <param name="IsOfKey">Whether it is for the private key.</param>
    /// <param name="Owner">The request's owner.</param>
    /// <param name="Group">The request's group.</param>
    /// <param name="Mode">The request's mode.</param>
    /// <param name="KeyOwner">The private key's owner.</param>
    /// <param name="KeyGroup">The private key's group.</param>
    /// <param name="KeyMode">The private key's mode.</param>
    public sealed record State(
        string? CommonName,
        IReadOnlyList<string>? Names,
        string? KeyType,
        int? KeyBits,
        bool? IsOfKey,
        string? Owner,
        string? Group,
        Mode? Mode,
        string? KeyOwner,
        string? KeyGroup,
        Mode? KeyMode
    )
    {
        internal CertificateText? Seen { get; init; }

        internal PublicKeyText? Half { get; init; }

        internal PathState? File { get; init; }

        internal PathState? KeyFile { get; init; }
    }

    string Subject => CommonName ?? (Names is [var first, ..] ? first : "");

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. OwnKey.Problems,
            .. CertificateText.NameProblems(Names),
            .. Names.Count == 0
                ? ["it is a request for no name: give it Names, such as [\"app.example.com\"]"]
                : CertificateText.CommonNameProblems(CommonName, Subject),
            .. OwnKey.Path == Path ? (string[])["the request and its key cannot be one file"] : [],
        ];

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [Claim.Path(Path, "file"), Claim.Path(OwnKey.Path, "file"), .. Claim.Owners(Owner, Group), .. Claim.Owners(KeyOwner, KeyGroup)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Writes, Aspect.Tool("openssl")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path), Aspect.Path(OwnKey.Path)];

    /// <inheritdoc/>
    protected override State Desired => new(Subject, Names, KeyType, KeyBits, true, Owner, Group, Mode, KeyOwner, KeyGroup, OwnKey.Mode);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.Half is null ? Desired with { KeyType = OwnKey.NewType, KeyBits = OwnKey.NewBits } : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_certificate_request {OwnKey.Path} || exit\n{OwnKey.Probe.Script} || exit\n{FileProbe.Script}", Parse)
        {
            Prelude = FileProbe.Prelude,
            Tools = ["openssl"],
            Needs = output => Split(output) is var (_, key, file) ? [.. FileProbe.Needs(file), .. OwnKey.Probe.Needs(key)] : [],
        };

    State? Parse(Output output)
    {
        var (said, keyAnswer, fileAnswer) = Split(output);
        var (file, key, half) = (FileProbe.Read(fileAnswer), OwnKey.Probe.Read(keyAnswer), PublicKeyText.Parse(said["public"]));
        if (file is null && key is null)
            return null;
        var seen = CertificateText.ParseRequest(file?.Content?.Text);
        return new(
            seen?.CommonName,
            seen is null ? null : CertificateText.Like(seen.Names, Names),
            half?.Type,
            half?.Bits,
            seen is not null && seen.Key == half,
            file?.Owner,
            file?.Group,
            file?.Mode,
            key?.Owner,
            key?.Group,
            key?.Mode
        )
        {
            Seen = seen,
            Half = half,
            File = file,
            KeyFile = key,
        };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.File is null ? Verb.Create : Verb.Update;

    static bool MakesKey(Diff<State> diff) => diff.Actual?.Half is null || diff.Changes(s => s.KeyType) || diff.Changes(s => s.KeyBits);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff)
    {
        if (diff.Actual?.KeyFile is not null && MakesKey(diff))
            yield return OwnKey.Lost(diff.Actual.Half);
        if (diff.Actual is { File: not null, Seen: null })
            yield return new(EffectKind.Discards, $"the file {Path}, which is not a request for a certificate");
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (MakesKey(diff))
            yield return OwnKey.Make(diff.Actual?.KeyFile);
        else if (diff.Changes(s => s.KeyOwner) || diff.Changes(s => s.KeyGroup) || diff.Changes(s => s.KeyMode))
            yield return OwnKey.Own(diff.Actual?.KeyFile);

        if (
            MakesKey(diff)
            || diff.Actual?.Seen is null
            || diff.Changes(s => s.CommonName)
            || diff.Changes(s => s.Names)
            || diff.Changes(s => s.IsOfKey)
        )
            yield return new(
                $"cfg_request_certificate {Path} {Owner ?? ""} {Group ?? ""} {Mode?.ToString() ?? ""} {OwnKey.Path} {Subject} "
                    + $"{CertificateText.Alternatives(Names)}"
            )
            {
                TellsFirstWrite = true,
                Title = $"request a certificate for {string.Join(", ", Names)} in {Text.Excerpt(Path)}",
            };
        else if (diff.Changes(s => s.Owner) || diff.Changes(s => s.Group) || diff.Changes(s => s.Mode))
            yield return OwnFile(diff.Actual?.File);
    }
}
