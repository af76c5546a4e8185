namespace ConfigEngine.Resources;

/// <summary>What openssl(1) makes with a private key of the host: a certificate, or a request for one.</summary>
/// <typeparam name="TState">What a plan compares.</typeparam>
/// <param name="Path">Its file: an absolute path, in a directory that exists.</param>
public abstract record CertificateFile<TState>(string Path) : Resource<TState>
    where TState : class
{
    /// <summary>The common name of its subject; the first of the names when null.</summary>
    public string? CommonName { get; init; }

    /// <summary>The file of the private key; when null, the path of this file with the ending <c>.key</c>.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>ecdsa, rsa or ed25519. When null, a new key is ecdsa, and an existing one may be of any type.</summary>
    public string? KeyType { get; init; }

    /// <summary>The length of the key in bits; when null, 256 for a new ecdsa key and 3072 for a new rsa key.</summary>
    public int? KeyBits { get; init; }

    /// <summary>The file's owner, by name or number; left alone when null (a new file belongs to the session's user).</summary>
    public string? Owner { get; init; }

    /// <summary>The file's group, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>The file's mode; left alone when null (a new file gets 0644).</summary>
    public Mode? Mode { get; init; }

    /// <summary>The private key's owner, by name or number; left alone when null (a new file belongs to the session's user).</summary>
    public string? KeyOwner { get; init; }

    /// <summary>The private key's group, by name or number; left alone when null.</summary>
    public string? KeyGroup { get; init; }

    /// <summary>The private key's mode; 0600 by default.</summary>
    public Mode KeyMode { get; init; } = "0600";

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => Writes;

    private protected PrivateKeyFile OwnKey =>
        new(PrivateKey ?? PrivateKeyFile.Beside(Path))
        {
            Type = KeyType,
            Bits = KeyBits,
            Owner = KeyOwner,
            Group = KeyGroup,
            Mode = KeyMode,
        };

    private protected Probe<PathState> FileProbe => new PathProbe(Path, "file") { Owner = Owner, Group = Group }.Probe;

    /// <summary>An answer with a private key: what is said of it, what is at its path, and what is at this file's path.</summary>
    private protected static (Properties Said, Output Key, Output File) Split(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "files");
        var (lines, file) = AnswerHead.Split(rest, 2);
        return (said, Output.Of($"{lines[0]}\n{lines[1]}\n"), file);
    }

    /// <summary>The operation that gives the file its owner and mode.</summary>
    private protected Operation OwnFile(PathState? actual) =>
        FileWrite.Own(Path, new(Owner, Group), Mode ?? actual?.Mode, actual?.Content?.Digest ?? "");
}
