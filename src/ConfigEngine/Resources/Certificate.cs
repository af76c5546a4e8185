using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// A certificate for TLS with its private key, made on the host by openssl(1): signed by itself, or by an authority of one's own,
/// which is a certificate with <see cref="IsAuthority"/>. It is made again some time before it ends, as a change of the plan. The key
/// stays then, and it never leaves the host. For a key on another host, sign a <see cref="CertificateRequest"/>. To remove a
/// certificate, use a <see cref="NoPath"/> for each of its two files.
/// </summary>
/// <example>
/// <code>
/// new Certificate("/etc/ssl/app.crt") { Names = ["app.example.com", "10.0.0.7"], SignedBy = "/etc/ssl/ca.crt" }
/// </code>
/// </example>
/// <theme>web</theme>
/// <param name="Path">The file of the certificate: an absolute path, in a directory that exists.</param>
public sealed partial record Certificate(string Path) : CertificateFile<Certificate.State>(Path)
{
    /// <summary>The names of hosts and the addresses that it is for; a name may begin with <c>*.</c>. None by default.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether it is an authority that signs others, and not for a host; false by default.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>The certificate of the authority that signs it, a file on the host; it signs itself when null.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The authority's private key; when null, the authority's file with the ending <c>.key</c>.</summary>
    public string? SigningKey { get; init; }

    /// <summary>
    /// A request from a host that keeps the key to itself, as <see cref="CertificateRequest.Pem"/>. The certificate is for the names
    /// here, whatever the request asks for; <see cref="Pem"/> is for a <see cref="File"/> on the other host. When null, the key is on
    /// this host.
    /// </summary>
    public Known<string>? Request { get; init; }

    /// <summary>
    /// How long it is valid, in whole days; when null, 397 days, or ten years for an authority, and an existing one stays as it is.
    /// </summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How long before its end it is made again; when null, a tenth of its lifetime, but 30 days at the most.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>The certificate as text, without its key; known after apply if it does not exist yet.</summary>
    public Known<string> Pem => Made(state => state.Seen?.Pem);

    /// <summary>Its SHA-256, in hexadecimal; known after apply if it does not exist yet.</summary>
    public Known<string> Fingerprint => Made(state => state.Seen?.Fingerprint);

    /// <summary>What a plan compares.</summary>
    /// <param name="CommonName">The common name of its subject.</param>
    /// <param name="Names">The names and addresses that it is for.</param>
    /// <param name="IsAuthority">Whether it may sign others.</param>
    /// <param name="Issuer">Who signed it: the authority's file, itself, or another's name.</param>
    /// <param name="Lifetime">How long it is valid.</param>
    /// <param name="Ends">When it ends.</param>
    /// <param name="KeyType">ecdsa, rsa or ed25519.</param>
    /// <param name="KeyBits">The length of the key.</param>
    /// <param name="IsOfKey">Whether it is for the private key, or for that of the request.</param>
    /// <param name="Owner">The certificate's owner.</param>
    /// <param name="Group">The certificate's group.</param>
    /// <param name="Mode">The certificate's mode.</param>
    /// <param name="KeyOwner">The private key's owner.</param>
    /// <param name="KeyGroup">The private key's group.</param>
    /// <param name="KeyMode">The private key's mode.</param>
    public sealed record State(
        string? CommonName,
        IReadOnlyList<string>? Names,
        bool? IsAuthority,
        string? Issuer,
        string? Lifetime,
        string? Ends,
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

        internal bool IsDue { get; init; }
    }

    PrivateKeyFile? Private => Request is null ? OwnKey : null;

    string? AuthorityKey => SignedBy is null ? null : SigningKey ?? PrivateKeyFile.Beside(SignedBy);

    string? Subject => CommonName ?? (Names is [var first, ..] ? first : null);

    /// <summary>How long a new one is valid.</summary>
    TimeSpan NewLifetime => Lifetime ?? TimeSpan.FromDays(IsAuthority ? 3650 : 397);

    TimeSpan Renewal => RenewBefore ?? (NewLifetime / 10 is var tenth && tenth < TimeSpan.FromDays(30) ? tenth : TimeSpan.FromDays(30));

    const string Itself = "itself";

    /// <inheritdoc/>
    internal override IEnumerable<string> How => SigningKey is null || SignedBy is null ? [] : [$"signed with the key {SigningKey}"];

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            Claim.Path(Path, "file"),
            .. Claim.Owners(Owner, Group),
            .. Private is { } key ? (Claim[])[Claim.Path(key.Path, "file"), .. Claim.Owners(KeyOwner, KeyGroup)] : [],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            .. Writes,
            Aspect.Tool("openssl"),
            .. SignedBy is { } authority ? (Aspect[])[Aspect.Path(authority), Aspect.Path(AuthorityKey ?? authority)] : [],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path(Path), .. Private is { } key ? (Aspect[])[Aspect.Path(key.Path)] : []];

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            Subject,
            IsAuthority ? null : Names,
            IsAuthority,
            SignedBy ?? Itself,
            Lifetime is null ? null : Days(NewLifetime),
            null,
            KeyType,
            KeyBits,
            true,
            Owner,
            Group,
            Mode,
            KeyOwner,
            KeyGroup,
            Private?.Mode
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        Desired with
        {
            Lifetime = actual?.Seen is null || Lifetime is not null ? Days(NewLifetime) : null,
            Ends = actual?.IsDue is true ? "renewed" : null,
            KeyType = actual?.Half is null ? Private?.NewType : KeyType,
            KeyBits = actual?.Half is null ? Private?.NewBits : KeyBits,
        };

    static string Days(TimeSpan time) => $"{Math.Round(time.TotalDays)}d";

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_certificate {Path} {Private?.Path ?? ""} {((long)Renewal.TotalSeconds).ToString(CultureInfo.InvariantCulture)} "
                + $"{SignedBy ?? ""} {AuthorityKey ?? ""} || exit\n{KeyScript}{FileProbe.Script}",
            Parse
        )
        {
            Prelude = FileProbe.Prelude,
            Tools = ["openssl"],
            Needs = Needs,
        };

    Shell KeyScript => Private is { } key ? (Shell)$"{key.Probe.Script} || exit\n" : $"";

    (Properties Said, Output? Key, Output File) Parts(Output output)
    {
        if (Private is not null)
            return Split(output);
        var (said, file) = AnswerHead.Until(output, "files");
        return (said, null, file);
    }

    State? Parse(Output output)
    {
        var (said, keyAnswer, fileAnswer) = Parts(output);
        var (file, key) = (FileProbe.Read(fileAnswer), keyAnswer is null ? null : Private?.Probe.Read(keyAnswer));
        if (file is null && key is null)
            return null;
        var seen = CertificateText.Parse(file?.Content?.Text);
        var half = Private is null
            ? Request is { IsKnown: true, Value: var request }
                ? CertificateText.ParseRequest(request)?.Key
                : null
            : PublicKeyText.Parse(said["public"]);
        return new(
            seen?.CommonName,
            seen is null ? null : CertificateText.Like(seen.Names, Names),
            seen?.IsAuthority,
            file is null ? null
                : seen is null ? "not a certificate"
                : IsSigned(said, seen) ? SignedBy ?? Itself
                : $"another: {seen.Issuer}",
            seen is null ? null : Days(seen.Until - seen.From),
            seen is null ? null : Ends(said, seen),
            Private is null ? null : half?.Type,
            Private is null ? null : half?.Bits,
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
            IsDue = seen is not null && said["ends"] is not "later",
        };
    }

    bool IsSigned(Properties said, CertificateText seen) =>
        said["signed"] is "yes" && (SignedBy is not null || seen.Subject == seen.Issuer);

    static string Ends(Properties said, CertificateText seen)
    {
        var day = seen.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return said["ends"] is "past" ? $"{day}, which is past" : day;
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.File is null ? Verb.Create : Verb.Update;

    bool MakesKey(Diff<State> diff) =>
        Private is not null && (diff.Actual?.Half is null || diff.Changes(s => s.KeyType) || diff.Changes(s => s.KeyBits));

    bool Signs(Diff<State> diff) =>
        MakesKey(diff)
        || diff.Actual?.Seen is null
        || diff.Changes(s => s.CommonName)
        || diff.Changes(s => s.Names)
        || diff.Changes(s => s.IsAuthority)
        || diff.Changes(s => s.Issuer)
        || diff.Changes(s => s.Lifetime)
        || diff.Changes(s => s.Ends)
        || diff.Changes(s => s.IsOfKey);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff)
    {
        if (diff.Actual?.KeyFile is not null && MakesKey(diff) && Private is { } key)
            yield return key.Lost(diff.Actual.Half);
        if (diff.Actual is { File: not null, Seen: var seen } && diff.Changes(s => s.Issuer))
            yield return new(
                EffectKind.Discards,
                seen is null ? $"the file {Path}, which is not a certificate" : $"the certificate {Path} from \"{seen.Issuer}\""
            );
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (Private is { } key)
        {
            if (MakesKey(diff))
                yield return key.Make(diff.Actual?.KeyFile);
            else if (diff.Changes(s => s.KeyOwner) || diff.Changes(s => s.KeyGroup) || diff.Changes(s => s.KeyMode))
                yield return key.Own(diff.Actual?.KeyFile);
        }

        if (Signs(diff))
        {
            var days = NewLifetime.Days.ToString(CultureInfo.InvariantCulture);
            yield return new(
                $"cfg_sign_certificate {Path} {Owner ?? ""} {Group ?? ""} {Mode?.ToString() ?? ""} {Private?.Path ?? ""} "
                    + $"{Subject ?? ""} {days} {Extensions} {SignedBy ?? ""} {AuthorityKey ?? ""}"
            )
            {
                Input = Request?.Value is { } request ? (Content)request : null,
                TellsFirstWrite = true,
                Title = $"sign {Text.Excerpt(Path)} with {Signer}, for {Text.Count(NewLifetime.Days, "day")}",
            };
        }
        else if (diff.Changes(s => s.Owner) || diff.Changes(s => s.Group) || diff.Changes(s => s.Mode))
            yield return OwnFile(diff.Actual?.File);
    }

    string Signer => SignedBy is null ? "its own key" : Text.Excerpt(SignedBy);

    /// <summary>x509v3_config(5). A client and a server may use it: for their own certificates, programs ask for either.</summary>
    string Extensions =>
        string.Join(
            '\n',
            (IEnumerable<string>)
                [
                    "subjectKeyIdentifier = hash",
                    .. SignedBy is null ? (string[])[] : ["authorityKeyIdentifier = keyid"],
                    .. IsAuthority
                        ? (string[])["basicConstraints = critical,CA:TRUE", "keyUsage = critical,keyCertSign,cRLSign"]
                        :
                        [
                            "basicConstraints = critical,CA:FALSE",
                            "keyUsage = critical,digitalSignature,keyEncipherment",
                            "extendedKeyUsage = serverAuth,clientAuth",
                            $"subjectAltName = {CertificateText.Alternatives(Names)}",
                        ],
                ]
        );
}
