namespace ConfigEngine.Resources;

/// <summary>No value of a name in a file of structured data.</summary>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Name">The path of the value, with dots: <c>server.tls.port</c>.</param>
public abstract record AbsentDataValue(string Path, string Name) : Resource<PathState>
{
    private protected abstract DataFormat Format { get; }

    /// <inheritdoc/>
    public override string Key => DataFileValue.KeyOf(Path, Name);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. DataFileValue.PathProblems(Path, Name),
            .. DataPath.Read(Name).Path is { IsEntry: true }
                ? (string[])["an entry of a list is not taken out by its number: the next apply would take out the one after it"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            new(new(DataFileValue.ClaimOf(Path), "*"), "gone", $"{Path} has no value for {Name}")
            {
                Covers = other =>
                    other == Key
                    || other.StartsWith(Key + ".", StringComparison.Ordinal)
                    || other.StartsWith(Key + "[", StringComparison.Ordinal),
            },
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new(null);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe
    {
        get
        {
            var probe = new PathProbe(Path, "file").Probe;
            return probe with
            {
                Needs = output =>
                    [
                        .. probe.Needs(output),
                        .. probe.Parse(output) is { Type: "file", Content: { } content }
                            ? DataFileValue.Refusal(Path, Key, content, Remove)
                            : [],
                    ],
            };
        }
    }

    string Remove(string text) => DataPath.Read(Name).Path is { } place ? Format.Remove(text, place) : text;

    /// <inheritdoc/>
    protected override PathState? Towards(PathState? actual) =>
        actual is null ? null : TextFile.EditText(actual, Path, text => DataFileValue.OrLeft(text, Remove));

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<PathState> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
