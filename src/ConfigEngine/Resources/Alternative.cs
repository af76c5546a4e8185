using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// Which of several programs a name stands for, such as <c>editor</c> or <c>java</c> (update-alternatives(1)). A choice is kept when
/// packages are installed or removed. To leave the choice to the system, leave out <see cref="Path"/>.
/// </summary>
/// <theme>system</theme>
/// <example><code>new Alternative("editor") { Path = "/usr/bin/vim.basic" }</code></example>
/// <param name="Name">The name: a link of it is in /etc/alternatives.</param>
public sealed partial record Alternative(string Name) : Resource<Alternative.State>
{
    /// <summary>The path of the program; when null, that with the highest priority, which may change with packages.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// The link that people use, such as <c>/usr/bin/editor</c>, for a program that no package makes a choice. It is added with
    /// <see cref="Priority"/> then. When null, the program must be one of the choices.
    /// </summary>
    public string? Link { get; init; }

    /// <summary>The priority of a program that is added with <see cref="Link"/>; 50 by default.</summary>
    public int Priority { get; init; } = 50;

    /// <inheritdoc/>
    public override string Key => Name;

    /// <summary>What a plan compares.</summary>
    /// <param name="Path">The path of the program.</param>
    /// <param name="Status">manual for a choice, or auto.</param>
    public sealed record State(string? Path, string? Status)
    {
        internal bool IsKnown { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. ValidName().IsMatch(Name) ? (string[])[] : [$"\"{Text.Excerpt(Name)}\" is not a name such as editor"],
            .. Path is null ? [] : PathProbe.Problems(Path),
            .. Link is null ? [] : PathProbe.Problems(Link),
            .. Link is not null && Path is null ? (string[])["a Link is for a Path"] : [],
            .. Link is not null && Link == Path ? (string[])["its Link and its Path are the same"] : [],
            .. Priority is < -100_000 or > 100_000 ? (string[])[$"its Priority is not between -100000 and 100000"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            Aspect.Path($"/etc/alternatives/{Name}"),
            Aspect.Tool("update-alternatives"),
            .. Path is null ? (Aspect[])[] : [Aspect.Path(Path)],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path($"/etc/alternatives/{Name}"), Aspect.Tool(Name)];

    /// <inheritdoc/>
    protected override State Desired => new(Path, Path is null ? "auto" : "manual");

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_alternative {Name} {Path ?? ""}", output => Parse(output.Properties))
        {
            Tools = ["update-alternatives"],
            Needs = output => Needs(output.Properties),
        };

    State? Parse(Properties said) =>
        said["status"] switch
        {
            "absent" => null,
            "auto" or "manual" => new(said["value"], said["status"]) { IsKnown = said["known"] is "yes" },
            var other => throw new UnexpectedOutputException($"expected how {Name} is chosen, got \"{Text.Excerpt(other)}\""),
        };

    IEnumerable<Need> Needs(Properties said)
    {
        if (Path is not null && said["there"] is "no")
            yield return new(Aspect.Path(Path), $"{Path} does not exist") { Always = true };
        else if (said["status"] is "absent" && Link is null)
            yield return new(Aspect.Path($"/etc/alternatives/{Name}"), $"there is nothing to choose for {Name}")
            {
                Hint = "declare the Package that has it before this line, or give it a Link",
            };
        else if (Path is not null && said["known"] is "no" && Link is null)
            yield return new(Aspect.Path($"/etc/alternatives/{Name}"), $"{Path} is none of the choices for {Name}")
            {
                Hint = $"see them with: update-alternatives --list {Name}; or give it a Link, to add it",
            };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (Path is null)
        {
            yield return Run($"update-alternatives --auto {Name}");
            yield break;
        }

        if (Link is not null && diff.Actual is not { IsKnown: true })
            yield return Run(
                $"update-alternatives --install {Link} {Name} {Path} {Priority.ToString(CultureInfo.InvariantCulture)} >/dev/null"
            );
        yield return Run($"update-alternatives --set {Name} {Path} >/dev/null");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}\z")]
    private static partial Regex ValidName();
}
