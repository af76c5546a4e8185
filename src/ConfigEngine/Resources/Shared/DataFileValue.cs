namespace ConfigEngine.Resources;

/// <summary>A value in a file of structured data.</summary>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Name">The path of the value, with dots: <c>server.tls.port</c>.</param>
public abstract record DataFileValue(string Path, string Name) : Resource<PathState>
{
    /// <summary>
    /// The value, of its type: <c>"10m"</c>, <c>8443</c>, <c>true</c>, <see cref="DataValue.Null"/>. It may hold a secret.
    /// </summary>
    public required DataValue Value { get; init; }

    private protected abstract DataFormat Format { get; }

    /// <inheritdoc/>
    public override string Key => KeyOf(Path, Name);

    /// <summary>The key of a resource about a value; a path has one spelling there.</summary>
    internal static string KeyOf(string path, string name) => $"{path}: {DataPath.Read(name).Path?.ToString() ?? name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => [.. PathProblems(Path, Name), .. ValueProblems];

    IEnumerable<string> ValueProblems =>
        Value is not { IsKnown: true } ? []
        : !Value.Content.IsEncodable ? ["its value has half a character in it"]
        : Value.Kind is DataKind.Float && !DataNumber.IsFinite(Value.Text) ? ["its value is no number that can be written"]
        : Value.Kind is DataKind.Null && Format is TomlFormat ? ["TOML has no null: to take the value out, use NoTomlValue"]
        : [];

    /// <summary>What is wrong with the place of a value.</summary>
    internal static IEnumerable<string> PathProblems(string path, string name)
    {
        foreach (var problem in PathProbe.Problems(path))
            yield return problem;
        if (Text.HasHalf(name))
            yield return "its Name has half a character in it";
        else if (DataPath.Read(name).Problem is { } problem)
            yield return problem;
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new(ClaimOf(Path), Key), "there", $"{Path} has a value for {Name}")];

    /// <summary>The kind of a statement about a value of a file.</summary>
    internal static string ClaimOf(string path) => $"value of {path}";

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => TextFile.Probe(Path, content => Refusal(Path, Key, content, Set));

    string Set(string text) => DataPath.Read(Name).Path is { } place ? Format.Set(text, place, Value) : text;

    /// <summary>Why a file is not edited.</summary>
    internal static IEnumerable<Need> Refusal(string path, string key, Content content, Func<string, string> edit)
    {
        try
        {
            edit(TextFile.Lines(content, path).ToString());
            return [];
        }
        catch (DataRefusedException refused)
        {
            return [new(new("nothing", key), refused.Message) { Always = true, Hint = refused.Hint }];
        }
    }

    /// <summary>An edit that leaves what is refused as it is: <see cref="Refusal"/> says it.</summary>
    internal static string OrLeft(string text, Func<string, string> edit)
    {
        try
        {
            return edit(text);
        }
        catch (DataRefusedException)
        {
            return text;
        }
    }

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) =>
        TextFile.EditText(actual, Path, text => OrLeft(text, Set)) is { Content: { } content } edited
            ? edited with
            {
                Content = content.As(Value.Content),
            }
            : Desired;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.Notes(Value.Content, diff);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
