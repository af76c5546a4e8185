namespace ConfigEngine.Resources;

/// <summary>A directory: that it exists, and its owner, group and mode. Files in it are left alone.</summary>
/// <theme>files</theme>
/// <example><code>new Directory("/srv/app") { Owner = "deploy", Mode = "0750" }</code></example>
/// <param name="Path">An absolute path, in a directory that exists.</param>
public sealed record Directory(string Path) : Resource<PathState>
{
    /// <summary>The owner, by name or number; left alone when null.</summary>
    public string? Owner { get; init; }

    /// <summary>The group, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>The mode, in octal; left alone when null (a new directory gets 0755).</summary>
    public Mode? Mode { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => [.. PathProbe.Problems(Path), .. PathProbe.Problems(Owner, Group)];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [Claim.Path(Path, "directory"), .. Claim.Owners(Owner, Group), .. Claim.ModeOf(Path, Mode)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path), Aspect.Access(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("directory", null, null, Owner, Group, Mode);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => new PathProbe(Path, "directory") { Owner = Owner, Group = Group }.Probe;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff)
    {
        Ownership ownership = new(Owner, Group);
        if (diff.Creates)
        {
            var title = $"make {Text.Excerpt(Path)}{(ownership.IsKept ? "" : $" for {ownership}")}, with mode {Mode ?? "0755"}";
            yield return new($"cfg_directory {Path} {ownership.ToString()} {Mode ?? "0755"}")
            {
                TellsFirstWrite = true,
                IsBrief = true,
                Title = title,
            };
            yield break;
        }

        var gives = diff.Changes(s => s.Owner) || diff.Changes(s => s.Group);
        if (gives || diff.Changes(s => s.Mode))
        {
            if (!gives)
                ownership = Ownership.Kept;
            var title = FileWrite.OwnTitle(Path, ownership, Mode);
            yield return new($"cfg_own_directory {Path} {ownership.ToString()} {(Mode ?? diff.Actual?.Mode)?.ToString() ?? ""}")
            {
                TellsFirstWrite = true,
                IsBrief = true,
                Title = title,
            };
        }
    }
}
