using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// The host's own name: the current one and the one from the next boot on (hostname(5), hostname(7)). This does not make the name
/// resolve: add a <see cref="HostsEntry"/> where no DNS server knows the name.
/// </summary>
/// <theme>network</theme>
/// <example><code>new Hostname("web1")</code></example>
/// <param name="Name">The name: letters, digits and dashes, at most 64; usually without its domain.</param>
public sealed partial record Hostname(string Name) : Resource<Hostname.State>
{
    const string Path = "/etc/hostname";

    /// <summary>A host has one name, so the key is always the same.</summary>
    public override string Key => "of the host";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Name.Length <= 64 && Valid().IsMatch(Name)
            ? []
            :
            [
                $"\"{Text.Excerpt(Name)}\" is not a valid name for a host: letters, digits and dashes, with dots between, at most 64 "
                    + $"(hostname(7))",
            ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path), new(Kind, Key)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path), new(Kind, Key)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Live">The current name.</param>
    /// <param name="Persistent">The name from the next boot on.</param>
    public sealed record State(string? Live, string? Persistent);

    /// <inheritdoc/>
    protected override State Desired => new(Name, Name);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_hostname",
            output =>
                output.FileLines is [{ } first, ..] && first.StartsWith("live=", StringComparison.Ordinal)
                    ? new(
                        first["live=".Length..].Split(' ')[0],
                        output.FileLines.Skip(1).Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#')
                    )
                    : throw new UnexpectedOutputException($"expected live=NAME, got \"{Text.Excerpt(output.Text)}\"")
        )
        {
            Needs = output => output.FileLines[0].Split(' ').Skip(1).Select(word => PathProbe.NeedOf(Path, word.Split(':'))),
        };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Persistent))
            yield return FileWrite.Whole(Path, $"{Name}\n");
        if (diff.Changes(s => s.Live))
            yield return Run($"cfg_name_host {Name}") with
            {
                Title = $"$ hostname {Name}",
            };
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\\z")]
    private static partial Regex Valid();
}
