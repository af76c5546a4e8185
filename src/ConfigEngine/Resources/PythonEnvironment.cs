using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A virtual environment of Python (venv) with packages at their versions. Other packages in it stay. It belongs to
/// <see cref="Resource.As"/>; an environment whose Python is gone, as after an upgrade of the system, is made again. To remove it, use a
/// <see cref="NoPath"/>.
/// </summary>
/// <theme>packages</theme>
/// <example>
/// <code>
/// new PythonEnvironment("/srv/app/venv") { As = "app", Requirements = ["alembic==1.13.1", "psycopg2==2.9.9"] }
/// </code>
/// </example>
/// <param name="Path">The directory of the environment, an absolute path in a directory that the user may write.</param>
public sealed partial record PythonEnvironment(string Path) : Resource<PythonEnvironment.State>
{
    /// <summary>The packages, each with its version as <c>name==version</c>, or <c>name[extra]==version</c>. None by default.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>
    /// A file of requirements on the host, such as that of a <see cref="GitCheckout"/>; none when null. What it leaves open, such as
    /// <c>name>=1.2</c>, is met by any version that it allows.
    /// </summary>
    public string? RequirementsFile { get; init; }

    /// <summary>The interpreter that makes the environment: a name or an absolute path; python3 by default.</summary>
    public string Python { get; init; } = "python3";

    /// <summary>Whether it sees the packages of the system; left alone when null, which is false for a new one.</summary>
    public bool? SystemPackages { get; init; }

    /// <summary>
    /// Options for pip, without secrets and without spaces: <c>--index-url=https://pypi.example.com/simple</c>, or <c>--no-index</c> and
    /// <c>--find-links=/srv/wheels</c>. None by default.
    /// </summary>
    public IReadOnlyList<string> PipOptions { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => Path;

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether it is there, with a Python that starts.</param>
    /// <param name="SystemPackages">Whether it sees the packages of the system.</param>
    /// <param name="Lacking">The packages that are not as required.</param>
    public sealed record State(bool? Exists, bool? SystemPackages, IReadOnlyList<string>? Lacking)
    {
        internal IReadOnlyList<string[]> Lines { get; init; } = [];
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. RequirementsFile is null ? [] : PathProbe.Problems(RequirementsFile),
            .. Requirements
                .Where(one => !ValidRequirement().IsMatch(one))
                .Select(one => $"\"{Text.Excerpt(one)}\" is not a package with its version: write name==version"),
            .. Requirements
                .GroupBy(one => one.Split('=', '[')[0].ToLowerInvariant(), StringComparer.Ordinal)
                .Where(same => same.Count() > 1)
                .Select(same => $"it requires {Text.Excerpt(same.Key)} twice"),
            .. ValidPython().IsMatch(Python)
                ? (string[])[]
                : [$"\"{Text.Excerpt(Python)}\" is not the name or the path of an interpreter"],
            .. PipOptions
                .Where(one => !ValidOption().IsMatch(one))
                .Select(one => $"\"{Text.Excerpt(one)}\" is not an option of pip as --name or --name=value, without spaces"),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "directory")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [Aspect.Under(Path), Aspect.Tool("python3"), .. RequirementsFile is null ? (Aspect[])[] : [Aspect.Path(RequirementsFile)]];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Under(Path)];

    /// <inheritdoc/>
    protected override State Desired => new(true, SystemPackages, (IReadOnlyList<string>)[]);

    static Shell Functions { get; } = Shell.Verbatim(Script.OfProbe("python"));

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_python_environment {Path} {RequirementsFile ?? ""} {Requirements}", Parse) { Prelude = Functions, Needs = Needs };

    static string? First(Output output, string word) =>
        output.Lines.FirstOrDefault(line => line == word || line.StartsWith(word + " ", StringComparison.Ordinal));

    IEnumerable<Need> Needs(Output output)
    {
        if (First(output, "missing") is { } missing)
            yield return new(Aspect.Path(missing.Split(' ', 2)[^1]), $"{missing.Split(' ', 2)[^1]} does not exist") { Always = true };
        if (First(output, "other") is not null)
            yield return new(Aspect.Path(Path), $"there is something else at {Path}, not a virtual environment")
            {
                Always = true,
                Hint = "cfg does not replace it unasked: move it away, or use another path",
            };
        if (First(output, "odd") is { } odd)
            yield return new(Aspect.Path(RequirementsFile ?? Path), $"pip would not understand the requirement \"{odd[4..]}\"")
            {
                Always = true,
                Hint = "correct that line",
            };
        if (
            First(output, "me") is "me root"
            && First(output, "owner")?.Split(' ') is [_, var owner, var mode]
            && (owner is not "root" || mode is [.., '2' or '3' or '6' or '7'])
        )
            yield return new(new("nothing", Key), $"root would run what {(owner is "root" ? "everybody" : owner)} can change in {Path}")
            {
                Always = true,
                Hint = $"set As = \"{(owner is "root" ? "app" : owner)}\", the user of the environment",
            };
    }

    State? Parse(Output output)
    {
        string[][] lines = [.. output.Lines.Select(line => line.Split(' '))];
        if (lines.FirstOrDefault(words => !IsKnown(words)) is { } wrong)
            throw new UnexpectedOutputException($"expected the packages of Python, got \"{Text.Excerpt(string.Join(' ', wrong))}\"");
        if (lines.Length == 0)
            throw new UnexpectedOutputException("expected whether there is a virtual environment, got nothing");
        if (lines.Any(words => words[0] is "absent" or "missing" or "other"))
            return null;
        var lacking = lines.Where(words => words[0] is "lacks").ToList();
        return new(
            !lines.Any(words => words[0] is "broken"),
            lines.FirstOrDefault(words => words[0] is "system") is [_, var sees] ? sees is "yes" : null,
            [.. lacking.Select(words => words[1])]
        )
        {
            Lines = lacking,
        };
    }

    static bool IsKnown(string[] words) =>
        words switch
        {
            ["absent" or "other" or "broken"] => true,
            ["missing" or "odd", ..] => true,
            ["me" or "version", _] => true,
            ["system", "yes" or "no"] => true,
            ["owner", _, _] => true,
            ["met" or "lacks", _, _, _] => true,
            _ => false,
        };

    /// <summary>A line for each package, with its versions.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        [
            .. diff.Attributes.Where(attribute => attribute.Name is not "lacking"),
            .. diff.Actual is { Exists: true } actual
                ? actual.Lines.Select(words => new AttributeChange(
                    words[1],
                    words[3] is "none" ? null : words[3],
                    words[2].StartsWith("==", StringComparison.Ordinal) ? words[2][2..] : words[2]
                ))
                : Requirements.Select(one => new AttributeChange(one.Split("==")[0], null, one.Split("==")[1])),
        ];

    static bool Makes(Diff<State> diff) => diff.Actual is not { Exists: true } || diff.Changes(s => s.SystemPackages);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual is not null && Makes(diff)
            ? [new(EffectKind.Discards, $"the packages in {Path} that are not required here") { Detail = "because it is made again" }]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (Makes(diff))
        {
            string[] options =
            [
                .. diff.Actual is null ? (string[])[] : ["--clear"],
                .. SystemPackages is true ? (string[])["--system-site-packages"] : [],
            ];
            yield return Run($"{Python} -m venv {options} -- {Path}") with
            {
                Deadline = TimeSpan.FromMinutes(10),
            };
        }

        if (Requirements.Count > 0 || RequirementsFile is not null)
            yield return new(
                $"{Functions}\ncfg_python_install {Path} {RequirementsFile ?? ""} {string.Join(' ', PipOptions)} {Requirements}"
            )
            {
                Title =
                    $"$ pip install {string.Join(' ', Requirements.Concat(RequirementsFile is null ? [] : [$"-r {RequirementsFile}"]))}",
                Deadline = TimeSpan.FromMinutes(30),
            };
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?==[A-Za-z0-9][A-Za-z0-9.+!_-]*\z")]
    private static partial Regex ValidRequirement();

    [GeneratedRegex(@"^(/[A-Za-z0-9_./-]+|[A-Za-z0-9_][A-Za-z0-9_.-]*)\z")]
    private static partial Regex ValidPython();

    [GeneratedRegex(@"^--[a-z][a-z-]*(=[A-Za-z0-9_.:/@%+~-]+)?\z")]
    private static partial Regex ValidOption();
}
