namespace ConfigEngine.Resources;

/// <summary>
/// The value of a key in a file of sections, such as php.ini or .gitconfig. Only the line with the key is edited, or added at the end of
/// its section; comments, order and spaces stay. If the key is there more than once, that is an error, because programs differ in which
/// one counts.
/// </summary>
/// <theme>files</theme>
/// <example><code>new IniValue("/etc/php/8.2/fpm/php.ini", "PHP", "memory_limit") { Value = "256M" }</code></example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Section">The section, without brackets; empty for keys before the first section.</param>
/// <param name="Name">The key, in its case.</param>
public sealed record IniValue(string Path, string Section, string Name) : Resource<PathState>
{
    /// <summary>The value, on one line, as the program reads it: with quotes where it needs them. It may hold a secret.</summary>
    public required Content Value { get; init; }

    /// <inheritdoc/>
    public override string Key => KeyOf(Path, Section, Name);

    internal static string KeyOf(string path, string section, string name) =>
        $"{path}: {(section.Length == 0 ? "" : $"[{section}] ")}{name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProblems(Path, Section, Name),
            .. Value is { IsKnown: true, Text: var text } && (text is null || text.Any(char.IsControl) || text.Trim() != text)
                ? (string[])["its value is not one line of text, without a line end and without spaces around it"]
                : [],
        ];

    /// <summary>What is wrong with the place of a value.</summary>
    internal static IEnumerable<string> PathProblems(string path, string section, string name)
    {
        foreach (var problem in PathProbe.Problems(path))
            yield return problem;
        if (section.Any(c => char.IsControl(c) || c is '[' or ']') || section.Trim() != section)
            yield return $"\"{Text.Excerpt(section)}\" is not the name of a section: write it without brackets";
        if (name.Length == 0 || name.Trim() != name || name[0] is '#' or ';' or '[' || name.Any(c => char.IsControl(c) || c is '=' or ':'))
            yield return $"\"{Text.Excerpt(name)}\" is not the name of a key";
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new($"key of {Path}", Key), "there", $"{Path} has a value for {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => TextFile.Probe(Path, Unclear);

    IEnumerable<Need> Unclear(Content content)
    {
        IniLines ini = new(TextFile.Lines(content, Path), Section, Name);
        if (ini.There.Count > 1)
            yield return new(
                new("nothing", Key),
                $"{Path} has {Name} {ini.There.Count} times there, and programs differ in which one counts"
            )
            {
                Always = true,
                Hint = "take all but one away first, with a NoLine",
            };
        else if (ini.GoesOn && ini.Value != Value.Text)
            yield return new(new("nothing", Key), $"the value of {Name} may go on in the next line, which programs read in different ways")
            {
                Hint = "write it on one line by hand first",
            };
    }

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) =>
        TextFile.Edit(actual, Path, lines => new IniLines(lines, Section, Name).Set(Value.Text ?? "")) is { Content: { } content } edited
            ? edited with
            {
                Content = content.As(Value),
            }
            : Desired;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.Notes(Value, diff);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
