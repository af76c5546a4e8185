using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A systemd unit as a file in /etc/systemd/system, or a drop-in for one (systemd.unit(5)). It is made from typed sections, checked
/// by <c>systemd-analyze verify</c> before it replaces the old file, and loaded by systemd when it changed. The unit is neither
/// enabled nor started; add a <see cref="SystemdUnit"/> after it for that. To remove a unit, use a <see cref="NoUnitFile"/>; to
/// remove a drop-in, a <see cref="NoPath"/>.
/// </summary>
/// <theme>services</theme>
/// <example><code>
/// new UnitFile("app.service")
/// {
///     Unit = new() { Description = "the app", After = ["network-online.target"], Wants = ["network-online.target"] },
///     Service = new() { ExecStart = "/usr/bin/app --port 8080", User = "app", Restart = ServiceRestart.Always },
///     Install = new() { WantedBy = ["multi-user.target"] },
/// }
/// </code></example>
/// <param name="Name">The unit's full name, with its suffix; for a template, <c>app@.service</c>.</param>
public sealed partial record UnitFile(string Name) : Resource<UnitFile.State>
{
    const string Root = "/etc/systemd/system";

    /// <summary>
    /// The name of a drop-in, without its suffix: <c>override</c> is UNIT.d/override.conf. When null, the file is the unit itself.
    /// </summary>
    public string? DropIn { get; init; }

    /// <summary>The [Unit] section; there is none when null.</summary>
    public UnitOptions? Unit { get; init; }

    /// <summary>The [Service] section; there is none when null.</summary>
    public ServiceOptions? Service { get; init; }

    /// <summary>The [Timer] section; there is none when null.</summary>
    public TimerOptions? Timer { get; init; }

    /// <summary>The [Socket] section; there is none when null.</summary>
    public SocketOptions? Socket { get; init; }

    /// <summary>The [Mount] section; there is none when null.</summary>
    public MountOptions? Mount { get; init; }

    /// <summary>The [Path] section; there is none when null.</summary>
    public PathOptions? Path { get; init; }

    /// <summary>The [Install] section; there is none when null.</summary>
    public InstallOptions? Install { get; init; }

    /// <summary>The whole file as text, in place of sections; when null, the sections make the file.</summary>
    public Content? Content { get; init; }

    /// <summary>
    /// A command that checks the new file; <c>"$cfg_new"</c> is its path. When null: systemd-analyze(1), verify. Its messages about
    /// this file are errors; its messages about other files, or about a program that does not exist yet, are not.
    /// </summary>
    public Shell? Validate { get; init; }

    /// <inheritdoc/>
    public override string Key => DropIn is null ? Name : $"{Name}.d/{DropIn}.conf";

    string File => $"{Root}/{Key}";

    string Suffix => Name[(Name.LastIndexOf('.') + 1)..];

    bool IsTemplate => Name.Contains("@.", StringComparison.Ordinal);

    /// <summary>The sections that it has.</summary>
    IReadOnlyList<(string Name, UnitSection Section)> Sections =>
        [
            .. Section("Unit", Unit),
            .. Section("Service", Service),
            .. Section("Timer", Timer),
            .. Section("Socket", Socket),
            .. Section("Mount", Mount),
            .. Section("Path", Path),
            .. Section("Install", Install),
        ];

    static IEnumerable<(string Name, UnitSection Section)> Section(string name, UnitSection? section) =>
        section is null ? [] : [(name, section)];

    Content Wanted => Content ?? UnitSyntax.Render(Sections);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!Names.IsUnit(Name))
                yield return $"\"{Name}\" is not the full name of a unit: it needs a suffix, for example {Name.TrimEnd('.')}.service";
            if (DropIn is not null && (!DropInName().IsMatch(DropIn) || DropIn.EndsWith(".conf", StringComparison.Ordinal)))
                yield return $"\"{DropIn}\" is not a valid name for a drop-in: letters, digits, dots, dashes, underscores, and no .conf";
            foreach (var problem in FileWrite.Problems(Validate))
                yield return problem;
            var given = Sections;
            if (given.Count == 0 && Content is null)
                yield return "it is empty: give it a section, or its Content";
            if (given.Count > 0 && Content is not null)
                yield return "it has sections and Content as well; the file is made from one or the other";
            if (Content is { IsSecret: true })
                yield return "its Content holds a secret, and every user may read units (systemctl cat); write it to a File with Mode = "
                    + "\"0600\" and name that as EnvironmentFile";
            foreach (
                var (name, _) in given.Where(section =>
                    section.Name is not "Unit" and not "Install" && !Suffix.Equals(section.Name, StringComparison.OrdinalIgnoreCase)
                )
            )
                yield return $"a .{Suffix} unit has no [{name}] section";
            foreach (
                var problem in UnitSyntax
                    .VariableProblems(Service?.Environment)
                    .Concat(given.SelectMany(section => section.Section.WordProblems))
            )
                yield return problem;
            foreach (
                var problem in given
                    .SelectMany(
                        section => section.Section.Settings,
                        (section, setting) => UnitSyntax.Problems(section.Name, setting.Key, setting.Value)
                    )
                    .SelectMany(problems => problems)
            )
                yield return problem;
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File), Aspect.Unit(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [
            Aspect.Path(File),
            Aspect.Unit(IsTemplate ? "*" : Name),
            .. DropIn is null ? (Aspect[])[] : [Aspect.Path(PathProbe.Parent(File))],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The file.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode, which is 0644.</param>
    /// <param name="Loaded">Whether systemd has loaded the unit as it is on disk.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Loaded);

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "root", "root", "0644", true);

    Probe<PathState> FileProbe => PathProbe.OfRoot(File, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"{Loaded}\n{Present(FileProbe.Script)}", Parse)
        {
            Tools = ["systemctl"],

            // If the file is about to be written, it does not matter whether systemd has loaded the old one.
            Expecting = state =>
                state is { Loaded: true } && state.Content == Wanted
                    ? Expected(state, Loaded, "loaded=yes")
                    : Expected(state, $"echo loaded=unasked", "loaded=unasked"),
            Needs = output => FileProbe.Needs(AnswerHead.Split(output, 1).Remainder),
        };

    (Shell Script, string? Answer) Expected(State? state, Shell loaded, string line)
    {
        var (script, answer) = FileProbe.Expect(state is null ? null : FileOf(state));
        return ($"{loaded}\n{Present(script)}", answer is null ? null : $"{line}\n{answer}");
    }

    /// <summary>A missing directory of drop-ins is the same as an empty one.</summary>
    Shell Present(Shell script) => DropIn is null ? script : $"cfg_with_directory {script}";

    static PathState FileOf(State state) => new("file", state.Content, null, state.Owner, state.Group, state.Mode);

    Shell Loaded => $"cfg_unit_loaded {(IsTemplate ? Name.Replace("@.", "@*.", StringComparison.Ordinal) : Name)} || exit";

    State? Parse(Output output)
    {
        var (lines, rest) = AnswerHead.Split(output, 1);
        bool? loaded = lines[0] switch
        {
            "loaded=yes" => true,
            "loaded=no" => false,
            "loaded=unasked" => null,
            var other => throw new UnexpectedOutputException($"expected whether the unit is loaded, got \"{Text.Excerpt(other)}\""),
        };
        return FileProbe.Parse(rest) is { } file ? new(file.Content, file.Owner, file.Group, file.Mode, loaded) : null;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates && DropIn is not null)
            yield return Run($"mkdir -p -m 0755 -- {PathProbe.Parent(File)}");

        Diff<PathState> file = new(diff.Actual is null ? null : FileOf(diff.Actual), FileOf(Desired));
        foreach (var operation in FileWrite.Operations(File, file, Validate ?? UnitCheck.Script(Name, DropIn)))
            yield return Validate is null && operation.Input is not null
                ? operation with
                {
                    Title = $"write {File} ({Wanted.Length} bytes), checked by: systemd-analyze verify",
                }
                : operation;

        if (diff.Changes(s => s.Content) || diff.Changes(s => s.Loaded))
            yield return new($"[ ! -d /run/systemd/system ] || systemctl daemon-reload") { Title = "$ systemctl daemon-reload" };
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9:_.@-]{0,99}\z")]
    private static partial Regex DropInName();
}
