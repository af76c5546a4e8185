namespace ConfigEngine.Resources;

/// <summary>
/// A value in a file of TOML, by its path. Only that value is edited, or added to its table; everything else stays byte for byte. A new
/// table is written at the end of the file. What cannot be edited without doubt is an error before anything is changed: a table or a list
/// where one value is wanted, a file that is not TOML.
/// </summary>
/// <theme>files</theme>
/// <example>
/// <code>
/// new TomlValue("/etc/containerd/config.toml", "plugins.\"io.containerd.grpc.v1.cri\".sandbox_image") { Value = "pause:3.9" }
/// </code>
/// </example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Name">
/// The path of the value: names with dots between them, as <c>server.tls.port</c>; the number of an entry of a list, as
/// <c>servers[0].port</c>; in double quotes a name with a dot, a bracket or a space in it.
/// </param>
public sealed record TomlValue(string Path, string Name) : DataFileValue(Path, Name)
{
    private protected override DataFormat Format => TomlFormat.Only;
}
