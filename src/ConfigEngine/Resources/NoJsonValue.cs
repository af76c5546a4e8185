namespace ConfigEngine.Resources;

/// <summary>
/// No value of a name in a file of JSON: it is taken out with all that is in it, and everything else stays byte for byte.
/// A comment that is alone with it in its line goes with it.
/// </summary>
/// <theme>files</theme>
/// <example><code>new NoJsonValue("/etc/docker/daemon.json", "log-opts.max-size")</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Name">The path of the value, as for <see cref="JsonValue"/>; not that of an entry of a list.</param>
public sealed record NoJsonValue(string Path, string Name) : AbsentDataValue(Path, Name)
{
    private protected override DataFormat Format => JsonFormat.Only;
}
