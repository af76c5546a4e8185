namespace ConfigEngine.Resources;

/// <summary>
/// Nothing mounted at a mount point, and no line for it in fstab(5). The mount point stays. The plan names who uses the mount: processes,
/// mounts below it, and images and swap space on it. While it is in use, or while its server does not answer, it is not unmounted, and
/// that is an error within a minute, unless the recipe sets <see cref="Lazy"/> or <see cref="Force"/>.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new NoMount("/srv/old")</code></example>
/// <param name="Path">The mount point.</param>
public sealed record NoMount(string Path) : Resource<NoMount.State>
{
    /// <summary>
    /// Whether it is unmounted even while programs use it (umount(8), -l): they keep it, all others no longer see it. When null, a
    /// mount that is in use is an error.
    /// </summary>
    /// <example><code>new NoMount("/srv/old") { Lazy = true }</code></example>
    public bool? Lazy { get; init; }

    /// <summary>
    /// Whether all requests to a server that does not answer are ended with errors (umount(8), -f): programs that wait for it go on,
    /// and what they have not written yet is lost. A file that is still open keeps the mount in use, so set <see cref="Lazy"/> too where
    /// that does not matter. When null, a mount whose server does not answer is an error.
    /// </summary>
    /// <example><code>new NoMount("/srv/old") { Force = true, Lazy = true }</code></example>
    public bool? Force { get; init; }

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
            new(Path, null, null) { IsWanted = false },
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
        diff.Changes(s => s.Mounted)
            ?
            [
                new(EffectKind.Unmounts, Path)
                {
                    IsNamed = true,
                    Detail = Force is true ? "and loses what programs have not written there yet" : null,
                },
            ]
            : [];

    /// <inheritdoc/>
    internal override IEnumerable<string> Current(Diff<State> diff) => diff.Actual?.Answer?.Life(Path) ?? [];

    IReadOnlyList<string> Flags => [.. Force is true ? (string[])["-f"] : [], .. Lazy is true ? (string[])["-l"] : []];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        for (var i = 0; i < (diff.Actual?.Answer?.Count ?? 0); i++)
            yield return MountWrite.Unmount(Path, Flags);
        if (diff.Changes(s => s.Fstab) && diff.Desired.Fstab is { } content)
            yield return MountWrite.Fstab(content, null);
    }
}
