namespace ConfigEngine.Resources;

/// <summary>
/// No value of a name in a file of TOML: it is taken out with all that is in it, and everything else stays byte for byte.
/// A comment in its line goes with it. A table with lines of its own is not taken out.
/// </summary>
/// <theme>files</theme>
/// <example><code>new NoTomlValue("/etc/containerd/config.toml", "grpc.gid")</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Name">The path of the value, as for <see cref="TomlValue"/>; not that of an entry of a list.</param>
public sealed record NoTomlValue(string Path, string Name) : AbsentDataValue(Path, Name)
{
    private protected override DataFormat Format => TomlFormat.Only;
}
