namespace ConfigEngine.Resources;

/// <summary>
/// A value in a file of JSON, by its path. Only that value is edited, or added with the maps that it needs; everything else stays byte for
/// byte: order, spaces, comments where a program accepts them. What cannot be edited without doubt is an error before anything is changed:
/// a name that is there twice, a map or a list where one value is wanted, a file that is not JSON.
/// </summary>
/// <theme>files</theme>
/// <example><code>new JsonValue("/etc/docker/daemon.json", "log-opts.max-size") { Value = "10m" }</code></example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Name">
/// The path of the value: names with dots between them, as <c>server.tls.port</c>; the number of an entry of a list, as
/// <c>servers[0].port</c>; in double quotes a name with a dot, a bracket or a space in it.
/// </param>
public sealed record JsonValue(string Path, string Name) : DataFileValue(Path, Name)
{
    private protected override DataFormat Format => JsonFormat.Only;
}
