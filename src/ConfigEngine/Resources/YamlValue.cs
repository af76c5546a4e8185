namespace ConfigEngine.Resources;

/// <summary>
/// A value in a file of YAML, by its path. Only that value is edited, or added to its map; everything else stays byte for byte: comments,
/// quotes, styles. A text is written without quotes only where every version of YAML reads it as a text. What cannot be edited without
/// doubt is an error before anything is changed: a value with an anchor, an alias, a tag or a merge on the way to it, a name that is there
/// twice, a value over several lines, several documents.
/// </summary>
/// <theme>files</theme>
/// <example><code>new YamlValue("/etc/app.yaml", "server.tls.port") { Value = 8443 }</code></example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Name">
/// The path of the value: names with dots between them, as <c>server.tls.port</c>; the number of an entry of a list, as
/// <c>servers[0].port</c>; in double quotes a name with a dot, a bracket or a space in it.
/// </param>
public sealed record YamlValue(string Path, string Name) : DataFileValue(Path, Name)
{
    private protected override DataFormat Format => YamlFormat.Only;
}
