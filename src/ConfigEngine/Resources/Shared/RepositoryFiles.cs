namespace ConfigEngine.Resources;

/// <summary>The two files of a repository: the one that the package manager reads, and the public key for its checks.</summary>
/// <param name="sources">The path of the file that the package manager reads.</param>
/// <param name="wanted">The desired content of that file.</param>
/// <param name="keyFile">The path of the key.</param>
/// <param name="key">The key; null where there is none.</param>
sealed class RepositoryFiles(string sources, Content wanted, string keyFile, Content? key)
{
    Probe<PathState> Sources => new PathProbe(sources, "file") { Known = wanted }.Probe;

    Probe<PathState> Key => new PathProbe(keyFile, "file") { Known = key }.Probe;

    /// <summary>Probes both files. A line before the answer names the other files that have the same repository.</summary>
    public Shell Script => $"cfg_path {keyFile} {new Hint(key?.Digest ?? "-", "-")} 0 '' ''\n{Sources.Script}";

    /// <summary>The other files that have the same repository, by the first line of an answer.</summary>
    public static string[] Elsewhere(Output output) =>
        AnswerHead.Split(output, 1).Lines[0].Split(' ') is ["elsewhere", .. var files]
            ? files
            : throw new UnexpectedOutputException($"expected where else the repository is, got \"{Text.Excerpt(output.Text)}\"");

    /// <summary>The state of both files.</summary>
    public (PathState? Sources, PathState? Key) Read(Output output)
    {
        var (lines, rest) = AnswerHead.Split(output, 3);
        var found = (Sources: Sources.Parse(rest), Key: Key.Parse(Output.Of($"{lines[1]}\n{lines[2]}\n")));
        foreach (var (file, path) in ((PathState?, string)[])[(found.Key, keyFile), (found.Sources, sources)])
        {
            if (file is { Type: not "file" })
                throw new UnexpectedOutputException($"{path} is a {file.Type}, and should be a file");
        }

        return found;
    }

    /// <summary>Whether a key is armoured text, not binary.</summary>
    public static bool IsArmoured(Content? key) =>
        key?.Text is { } text && text.TrimStart().StartsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----", StringComparison.Ordinal);

    /// <summary>What is wrong with a key.</summary>
    public static IEnumerable<string> Problems(Content? key, bool? unsigned)
    {
        if (key is { Length: 0 } || key?.Text is not null && !IsArmoured(key))
            yield return "its SigningKey is not a public key of OpenPGP";
        if (key is not null && key.Bytes is null)
            yield return "its SigningKey is too large";
        if (key?.Text?.Contains("PRIVATE KEY", StringComparison.Ordinal) is true)
            yield return "its SigningKey is a private key";
        if (unsigned is true && key is not null)
            yield return "it is Unsigned and has a SigningKey; set only one of the two";
    }

    /// <summary>The key and after it the other file, as both are sent to the host, and the length of the key.</summary>
    public static (Content Both, int KeyLength) Together(Content? key, string text)
    {
        var bytes = key?.Bytes ?? default;
        return (new((byte[])[.. bytes.Span, .. System.Text.Encoding.UTF8.GetBytes(text)]), bytes.Length);
    }
}
