namespace ConfigEngine.Resources;

/// <summary>
/// A file or a device that is not used as swap space, now or from the next boot on. A device keeps what is on it; a file stays too, and
/// a <see cref="NoPath"/> after this removes it.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new NoSwap("/swapfile")</code></example>
/// <param name="Path">The file or the device.</param>
public sealed record NoSwap(string Path) : Resource<NoSwap.State>
{
    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => PathProbe.Problems(Path);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("swap space", Path), "gone", $"{Path} is not swap space")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Fstab.Path), Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Fstab.Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fstab">All of fstab(5).</param>
    /// <param name="Active">Whether it is used now.</param>
    public sealed record State(Content? Fstab, bool? Active)
    {
        internal SwapTable? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(null, false);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.Fstab is not { } fstab
            ? Desired
            : Desired with
            {
                Fstab = SwapTable.Edit(fstab, lines => lines.RemoveAll(line => SwapTable.IsLineOf(line, Path))),
            };

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        SwapTable.Probe<State>(
            Path,
            null,
            answer => new(answer.Fstab?.Content, answer.Said.Find("active") is not null) { Answer = answer },
            state => (state.Answer, state.Fstab)
        ) with
        {
            Needs = output => new SwapTable(output).TableNeeds,
        };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Active))
            yield return Run($"swapoff -- {Path}");
        if (diff.Changes(s => s.Fstab) && diff.Desired.Fstab is { } content)
            yield return MountWrite.Fstab(content, null);
    }
}
