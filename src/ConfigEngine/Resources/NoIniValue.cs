namespace ConfigEngine.Resources;

/// <summary>No value of a key in a file of sections: every line with the key is removed from the section, and comments stay.</summary>
/// <theme>files</theme>
/// <example><code>new NoIniValue("/etc/php/8.2/fpm/php.ini", "PHP", "disable_functions")</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Section">The section, without brackets; empty for keys before the first section.</param>
/// <param name="Name">The key, in its case.</param>
public sealed record NoIniValue(string Path, string Section, string Name) : Resource<PathState>
{
    /// <inheritdoc/>
    public override string Key => IniValue.KeyOf(Path, Section, Name);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => IniValue.PathProblems(Path, Section, Name);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new($"key of {Path}", Key), "gone", $"{Path} has no value for {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new(null);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => new PathProbe(Path, "file").Probe;

    /// <inheritdoc/>
    protected override PathState? Towards(PathState? actual) =>
        actual is null ? null : TextFile.Edit(actual, Path, lines => new IniLines(lines, Section, Name).Remove());

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<PathState> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
