namespace ConfigEngine.Resources;

/// <summary>Nothing mounted at a mount point, and no line for it in fstab(5). The mount point stays.</summary>
/// <theme>storage</theme>
/// <example><code>new NoMount("/srv/old")</code></example>
/// <param name="Path">The mount point.</param>
public sealed record NoMount(string Path) : Resource<NoMount.State>
{
    /// <summary>
    /// Whether it is unmounted even while programs use it (umount(8), -l): they keep it, all others no longer see it. When null, a
    /// mount that is in use is an error.
    /// </summary>
    public bool? Lazy { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [.. PathProbe.Problems(Path), .. Path is "/" ? (string[])["the root of the system is never unmounted"] : []];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("mount", Path), "", $"nothing is mounted at {Path}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Fstab.Path), new("mount", Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path(Fstab.Path), new("mount", Path), Aspect.Under(Path), Aspect.AccessUnder(Path), Aspect.Unit(Fstab.Unit(Path))];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fstab">All of fstab(5).</param>
    /// <param name="Mounted">Whether something is mounted there now.</param>
    public sealed record State(Content? Fstab, bool? Mounted)
    {
        internal MountAnswer? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(null, false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        MountAnswer.Probe<State>(
            new(Path, null, null),
            answer => new(answer.Fstab?.Content, answer.Count > 0) { Answer = answer },
            state => (state.Answer, state.Fstab)
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.Fstab is not { } fstab
            ? Desired
            : Desired with
            {
                Fstab = TextFile
                    .Edit(new("file", fstab), Fstab.Path, lines => lines.RemoveAll(line => Fstab.Parse(line)?.IsAt(Path) is true))
                    .Content,
            };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Changes(s => s.Mounted) ? [new(EffectKind.Unmounts, Path) { IsNamed = true }] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        for (var i = 0; i < (diff.Actual?.Answer?.Count ?? 0); i++)
            yield return Lazy is true ? MountWrite.Detach(Path) : MountWrite.Unmount(Path);
        if (diff.Changes(s => s.Fstab) && diff.Desired.Fstab is { } content)
            yield return MountWrite.Fstab(content, null);
    }
}
