namespace ConfigEngine.Resources;

/// <summary>
/// No value of a name in a file of YAML: it is taken out with all that is in it, and everything else stays byte for byte.
/// A comment in its line goes with it.
/// </summary>
/// <theme>files</theme>
/// <example><code>new NoYamlValue("/etc/app.yaml", "server.tls.port")</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Name">The path of the value, as for <see cref="YamlValue"/>; not that of an entry of a list.</param>
public sealed record NoYamlValue(string Path, string Name) : AbsentDataValue(Path, Name)
{
    private protected override DataFormat Format => YamlFormat.Only;
}
