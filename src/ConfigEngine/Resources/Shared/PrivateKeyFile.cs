using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>The private key of a certificate, or of a request for one: a file that never leaves its host.</summary>
/// <param name="Path">Its path.</param>
sealed record PrivateKeyFile(string Path)
{
    /// <summary>ecdsa, rsa or ed25519; when null, an existing key may be of any type, and a new one is ecdsa.</summary>
    public string? Type { get; init; }

    /// <summary>The length; the usual one when null.</summary>
    public int? Bits { get; init; }

    /// <summary>The owner; left alone when null.</summary>
    public string? Owner { get; init; }

    /// <summary>The group; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>The mode.</summary>
    public Mode Mode { get; init; } = "0600";

    /// <summary>The type of a new key.</summary>
    public string NewType => Type ?? "ecdsa";

    /// <summary>The length of a new key; null for a type whose keys all have one length.</summary>
    public int? NewBits =>
        Bits
        ?? NewType switch
        {
            "rsa" => 3072,
            "ecdsa" => 256,
            _ => null,
        };

    /// <summary>The path of the key beside another file, if no path is given.</summary>
    public static string Beside(string path) =>
        path.LastIndexOf('.') is var dot && dot > path.LastIndexOf('/') + 1 ? $"{path[..dot]}.key" : $"{path}.key";

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. Type is null or "ecdsa" or "rsa" or "ed25519"
                ? (string[])[]
                : [$"there are keys of the types ecdsa, rsa and ed25519, and not \"{Text.Excerpt(Type)}\""],
            .. Bits is null || (Type, Bits) is ("rsa", >= 2048 and <= 8192) or ("ecdsa", 256 or 384 or 521)
                ? (string[])[]
                : [$"KeyBits = {Bits} is for KeyType = \"rsa\" (2048 to 8192) or \"ecdsa\" (256, 384 or 521)"],
            .. (Mode.Bits & 7) == 0 ? (string[])[] : [$"with KeyMode = \"{Mode}\" every user of the host could use the key"],
        ];

    /// <summary>The probe of its file. The key itself is never fetched.</summary>
    public Probe<PathState> Probe =>
        new PathProbe(Path, "file")
        {
            Owner = Owner,
            Group = Group,
            FetchLimit = -1,
        }.Probe;

    /// <summary>The operation that makes it.</summary>
    public Operation Make(PathState? actual) =>
        new(
            $"cfg_make_key {Path} {Owner ?? actual?.Owner ?? ""} {Group ?? actual?.Group ?? ""} {Mode.ToString()} {NewType} "
                + $"{NewBits?.ToString(CultureInfo.InvariantCulture) ?? ""}"
        )
        {
            TellsFirstWrite = true,
            Title = $"make the private key {Text.Excerpt(Path)} ({NewType}{(NewBits is { } bits ? $", {bits} bits" : "")})",
        };

    /// <summary>The operation that gives it its owner and mode.</summary>
    public Operation Own(PathState? actual) => FileWrite.Own(Path, new(Owner, Group), Mode, actual?.Content?.Digest ?? "");

    /// <summary>The effect of a key that takes another key's place.</summary>
    public Effect Lost(PublicKeyText? actual) =>
        new(
            EffectKind.Discards,
            actual is null ? $"the file {Path}, which is not a key without a passphrase" : $"the {actual.Type} key {Path}"
        );
}
