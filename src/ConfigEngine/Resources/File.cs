namespace ConfigEngine.Resources;

/// <summary>A file: its content, owner, group and mode. It is written as a whole or not at all.</summary>
/// <theme>files</theme>
/// <example><code>new File("/etc/motd") { Content = "welcome\n", Mode = "0644" }</code></example>
/// <param name="Path">An absolute path, in a directory that exists. A symbolic link there is an error; it is not followed.</param>
public sealed record File(string Path) : Resource<PathState>
{
    /// <summary>
    /// The content: text (written as UTF-8), bytes, or <c>Local("path")</c> for a file beside the recipe. Secrets in
    /// <c>$"…{secret}…"</c> make it secret: plans show a digest of it instead of a diff.
    /// </summary>
    public required Content Content { get; init; }

    /// <summary>The owner, by name or number; left alone when null (a new file belongs to the session's user).</summary>
    public string? Owner { get; init; }

    /// <summary>The group, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>The mode, in octal; left alone when null (a new file gets 0644, or 0600 where it holds a secret).</summary>
    public Mode? Mode { get; init; }

    /// <summary>
    /// A command that checks the new file before it replaces the old one; <c>"$cfg_new"</c> is the new file's path. When null, the
    /// path decides which check is made, and most paths have none. Files of sshd, sudo, nginx, Apache, HAProxy, PostgreSQL,
    /// nftables, netplan, ifupdown and systemd-networkd are checked as a part of the whole configuration, in a copy of it; units
    /// and their drop-ins by systemd-analyze, fstab by findmnt. When the tool is not installed, no check is made.
    /// </summary>
    /// <example><code>Validate = $"nginx -t -c \"$cfg_new\""</code></example>
    public Shell? Validate { get; init; }

    /// <summary>
    /// A command that checks the new file after it is in its place, for tools that cannot check it before. When it fails, the old
    /// file is restored, and the failure says so. Anything that the command itself changed is not undone. When null, a running
    /// PostgreSQL server checks its pg_hba.conf and pg_ident.conf; other files have no such check.
    /// </summary>
    /// <example><code>ValidateAfter = $"apache2ctl configtest"</code></example>
    public Shell? ValidateAfter { get; init; }

    /// <summary>
    /// The path where the old content is kept when the file changes, such as <c>/etc/motd.old</c>; not kept when null. If the file
    /// holds a secret, only the owner may read the copy.
    /// </summary>
    public string? Backup { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. FileWrite.Problems(Validate),
            .. Backup is null ? [] : PathProbe.Problems(Backup),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "file"), .. Claim.Owners(Owner, Group), .. Claim.ModeOf(Path, Mode)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file", Content, null, Owner, Group, Mode);

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) =>
        actual is null && Content.IsSecret && Mode is null ? Desired with { Mode = "0600" } : Desired;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.Notes(Content, diff);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<PathState> diff) => FileWrite.Lost(Path, diff);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe =>
        new PathProbe(Path, "file")
        {
            Owner = Owner,
            Group = Group,
            Known = Content,
        }.Probe;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) =>
        FileWrite.Checked(Path, diff, Validate, Backup, ValidateAfter);
}
