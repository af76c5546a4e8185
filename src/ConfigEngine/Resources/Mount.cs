using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A file system at a mount point: its line in fstab(5), and that it is mounted now. The current mounts are read from
/// /proc/self/mountinfo only, so that a dead network mount cannot block the probe. Where a network file system is mounted, it is asked
/// for its free space: if there is no answer within 10 seconds, that is an error of the plan, which names the processes that use it.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new Mount("/srv/data") { Device = "files.example.org:/data", Type = "nfs", Options = ["ro", "nofail"] }</code></example>
/// <param name="Path">The mount point; it is created if it does not exist.</param>
public sealed partial record Mount(string Path) : Resource<Mount.State>
{
    /// <summary>
    /// The thing that is mounted: a device, <c>UUID=…</c>, <c>LABEL=…</c>, <c>server:/path</c>, <c>//server/share</c>, or a
    /// directory for a bind mount.
    /// </summary>
    public required string Device { get; init; }

    /// <summary>
    /// The type of file system: <c>ext4</c>, <c>xfs</c>, <c>nfs</c>, <c>cifs</c>, <c>tmpfs</c> … For a bind mount: <c>bind</c> or
    /// <c>rbind</c>; or, as in fstab(5), <c>none</c>, with <c>bind</c> or <c>rbind</c> among the options.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>
    /// Options as mount(8) takes them, one per element; <c>[]</c> is <c>defaults</c>. Left alone when null. The flags that every
    /// type has are compared with the current mount; all other options are compared with fstab. Changed options are set by a
    /// remount. On a network file system a remount has no effect, so it is unmounted and mounted again.
    /// </summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Whether dump(8) saves it; left alone when null (0 in a new line).</summary>
    public int? Dump { get; init; }

    /// <summary>
    /// When fsck(8) checks it at boot: 1 for the root, 2 for others, 0 for never; left alone when null (0 in a new line).
    /// </summary>
    public int? Pass { get; init; }

    /// <summary>Whether it is mounted now; true by default. False unmounts it, and null leaves it alone.</summary>
    public bool? Mounted { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => Path;

    /// <summary>The kind of bind mount, or null: the type gives it or, as in fstab(5), an option.</summary>
    string? Bind => Type is "bind" or "rbind" ? Type : Options?.FirstOrDefault(option => option is "bind" or "rbind");

    bool IsBind => Bind is not null;

    bool IsNetwork => Type is "nfs" or "nfs4" or "cifs" or "smb3";

    string FstabType => IsBind ? "none" : Type;

    IReadOnlyList<string>? WantedOptions =>
        Bind is { } bind && Options is not null && !Options.Contains(bind) ? [bind, .. Options] : Options;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in PathProbe.Problems(Path))
                yield return problem;
            if (((string[])[Path, Device, .. Options ?? []]).Any(text => text.Any(char.IsControl)))
                yield return "it has a line end or another control character in it";
            if (Device.Length == 0)
                yield return "its Device is empty";
            if (!TypeName().IsMatch(Type))
                yield return $"\"{Type}\" cannot be a type of file system";
            if (Type is "nfs" or "nfs4" && !Device.Contains(":/", StringComparison.Ordinal))
                yield return $"an NFS device is server:/path, and not \"{Device}\"";
            if (Type is "cifs" or "smb3" && !Device.StartsWith("//", StringComparison.Ordinal))
                yield return $"a CIFS device is //server/share, and not \"{Device}\"";
            if (IsBind)
            {
                foreach (var problem in PathProbe.Problems(Device))
                    yield return problem;
            }

            foreach (var option in Options ?? [])
            {
                if (
                    option.Length == 0
                    || (option.Contains(',', StringComparison.Ordinal) && !option.Contains('"', StringComparison.Ordinal))
                )
                    yield return $"\"{option}\" is not one option: write each by itself";
                if (option.StartsWith("password=", StringComparison.Ordinal) || option.StartsWith("pass=", StringComparison.Ordinal))
                    yield return "a password in fstab is for everybody to read: use credentials=FILE, and write that file with a File "
                        + "of mode 0600";
            }

            if (Type is "none" && !IsBind)
                yield return "none is not a type of file system by itself: Options needs bind or rbind, or set Type = \"bind\"";
            if (((string[])[Type, .. Options ?? []]).Distinct().Count(word => word is "bind" or "rbind") > 1)
                yield return "it cannot be bind and rbind";
            if (Options is not null && Options.Contains("ro") && Options.Contains("rw"))
                yield return "it cannot be ro and rw";
            if (Dump is < 0 or > 9 || Pass is < 0 or > 9)
                yield return "Dump and Pass are small numbers";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("mount", Path), Device, $"{Device} is mounted at {Path}")];

    /// <summary>The source of a bind mount is on the file system that is mounted there or above.</summary>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            Aspect.Path(Fstab.Path),
            Aspect.Path(Path),
            new("mount", Path),
            .. IsBind ? UpFrom(Device).Select(point => new Aspect("mount", point)) : [],
        ];

    static IEnumerable<string> UpFrom(string path)
    {
        for (; path is not "/"; path = PathProbe.Parent(path))
            yield return path;
        yield return path;
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path(Fstab.Path), new("mount", Path), Aspect.Under(Path), Aspect.AccessUnder(Path), Aspect.Unit(Fstab.Unit(Path))];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fstab">All of fstab(5).</param>
    /// <param name="Mounted">Whether something is mounted there now.</param>
    /// <param name="Device">The device that is mounted there.</param>
    /// <param name="Type">The type of the mounted file system.</param>
    /// <param name="Flags">Its flags, of those that every type has: ro, nosuid, nodev, noexec, noatime, nodiratime, sync.</param>
    /// <param name="MountPoint">The type of the file at the mount point.</param>
    public sealed record State(
        Content? Fstab,
        bool? Mounted,
        string? Device,
        string? Type,
        IReadOnlyList<string>? Flags,
        string? MountPoint
    )
    {
        internal MountAnswer? Answer { get; init; }

        /// <summary>The missing directories above the mount point, the topmost first.</summary>
        internal IReadOnlyList<string> MissingAbove { get; init; } = [];
    }

    /// <summary>When an earlier line writes a path, the directory of that path exists by then.</summary>
    internal override Observed Foresee(Observed seen, IReadOnlyList<Aspect> written, IReadOnlyList<AttributeChange> attributes) =>
        seen.State is State { MissingAbove: [_, ..] missing } state
            ? new(
                state with
                {
                    MissingAbove =
                    [
                        .. missing.Where(directory =>
                            !written.Any(one =>
                                one.Kind is "path" or "under" && $"{one.Key}/".StartsWith($"{directory}/", StringComparison.Ordinal)
                            )
                        ),
                    ],
                }
            )
            : seen;

    /// <inheritdoc/>
    protected override State Desired => new(null, Mounted, null, null, null, null);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        MountAnswer.Probe<State>(
            new(Path, Device, IsBind ? Device : null) { IsWanted = Mounted is not false },
            answer =>
                new(
                    answer.Fstab?.Content,
                    answer.Count > 0,
                    answer.Source,
                    answer.Type,
                    answer.Flags,
                    answer.Count > 0 ? "directory" : answer.Point
                )
                {
                    Answer = answer,
                    MissingAbove = Above(answer.Missing),
                },
            state => (state.Answer, state.Fstab)
        ) with
        {
            Tools = Mounted is true
                ? Type switch
                {
                    "nfs" or "nfs4" => ["mount.nfs"],
                    "cifs" or "smb3" => ["mount.cifs"],
                    _ => [],
                }
                : [],
        };

    /// <inheritdoc/>
    protected override State Towards(State? actual)
    {
        FstabLine? there = null;
        var fstab = TextFile.Edit(
            actual?.Fstab is null ? null : new("file", actual.Fstab),
            Fstab.Path,
            lines =>
            {
                var index = lines.FindIndex(line => Fstab.Parse(line)?.IsAt(Path) is true);
                there = index < 0 ? null : Fstab.Parse(lines[index]);
                var wanted = Wanted(there);
                if (there is null)
                    lines.Add(wanted.Text);
                else if (!there.Says(wanted))
                    lines[index] = wanted.In(lines[index]);
                for (var i = lines.Count - 1; i > index && there is not null; i--)
                {
                    if (Fstab.Parse(lines[i])?.IsAt(Path) is true)
                        lines.RemoveAt(i);
                }
            }
        );

        State desired = new(fstab.Content, Mounted, null, null, null, actual?.MountPoint is "absent" ? "directory" : null);
        if (Mounted is not true)
            return desired;
        var flags = MountAnswer.FlagsOf(Wanted(there).Options);
        return actual?.Answer is { Count: > 0 } now
            ? desired with
            {
                Device = now.IsFrom(Device, FstabType) ? null : Device,
                Type = now.IsType(FstabType) ? null : Type,
                Flags = flags.SequenceEqual(now.Flags) ? null : flags,
            }
            : desired with
            {
                Device = Device,
                Type = Type,
            };
    }

    FstabLine Wanted(FstabLine? there) =>
        new(
            Device,
            Path,
            FstabType,
            WantedOptions
                ??
                [
                    .. Bind is { } bind ? (string[])[bind] : [],
                    .. (there?.Options ?? []).Where(option => option is not ("bind" or "rbind")),
                ],
            Dump ?? there?.Dump ?? 0,
            Pass ?? there?.Pass ?? 0
        );

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) =>
        Before(diff) is null && diff.Actual?.Mounted is not true ? Verb.Create : Verb.Update;

    FstabLine? Before(Diff<State> diff) =>
        TextFile.Lines(diff.Actual?.Fstab, Fstab.Path).Texts.Select(Fstab.Parse).FirstOrDefault(line => line?.IsAt(Path) is true);

    bool Replaces(Diff<State> diff) =>
        diff.Actual?.Mounted is true
        && Mounted is true
        && (
            diff.Changes(s => s.Device)
            || diff.Changes(s => s.Type)
            || (IsNetwork && Before(diff) is { } before && !Plain(before.Options).SequenceEqual(Plain(Wanted(before).Options)))
        );

    /// <summary>Options that are not flags, and that are not only for systemd or the mount program.</summary>
    static IEnumerable<string> Plain(IEnumerable<string> options) =>
        options
            .Where(option =>
                MountAnswer.FlagsOf([option]).Count == 0
                && option is not ("rw" or "nofail" or "_netdev" or "auto" or "noauto" or "defaults")
                && !option.StartsWith("x-", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    bool Remounts(Diff<State> diff) =>
        diff.Actual?.Mounted is true
        && Mounted is true
        && !Replaces(diff)
        && (
            diff.Changes(s => s.Flags) || (!IsBind && Before(diff) is { } before && !before.Options.SequenceEqual(Wanted(before).Options))
        );

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (diff.Actual is not { Mounted: not true } actual)
            yield break;
        if (Mounted is true && actual.Answer is { IsFilled: true })
            yield return $"hides what is in the directory {Path} while it is mounted";
        if (diff.Changes(s => s.MountPoint) && actual.MissingAbove is [_, ..] missing)
            yield return $"also makes the directories above it: {string.Join(", ", missing)}";
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> Current(Diff<State> diff) => Mounted is false ? diff.Actual?.Answer?.Life(Path) ?? [] : [];

    /// <summary>The missing directories above the mount point, the topmost first.</summary>
    /// <param name="missing">The end of the mount point's path, which is to be created.</param>
    IReadOnlyList<string> Above(string missing) =>
        missing.LastIndexOf('/') is > 0 and var slash
            ?
            [
                .. Enumerable
                    .Range(1, slash)
                    .Where(length => missing[length] is '/')
                    .Select(length => Path[..(Path.Length - missing.Length + length)]),
            ]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff)
    {
        if (Replaces(diff))
            yield return new(EffectKind.Unmounts, Path) { Detail = "and mounts it again: nothing may be using it" };
        else if (diff.Actual?.Mounted is true && Mounted is false)
            yield return new(EffectKind.Unmounts, Path) { IsNamed = true };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var (before, wanted) = (Before(diff), Wanted(Before(diff)));
        Operation[] write = diff.Changes(s => s.Fstab) && diff.Desired.Fstab is { } content ? [MountWrite.Fstab(content, wanted)] : [];
        var mounts = Mounted is true && (Replaces(diff) || diff.Actual?.Mounted is not true);

        if (diff.Changes(s => s.MountPoint))
            yield return MountWrite.MakePoint(Path);

        // A file system that cannot be mounted must not delay the next boot. If there is a line already, systemd uses that line.
        if (Replaces(diff))
            yield return MountWrite.Unmount(Path, []);
        if (mounts && before is null)
            yield return MountWrite.Mount(wanted);
        foreach (var operation in write)
            yield return operation;
        if (mounts && before is not null)
            yield return MountWrite.Mount(wanted);
        if (Remounts(diff))
            yield return MountWrite.Remount(wanted);
        if (Mounted is false && diff.Actual?.Mounted is true)
            yield return MountWrite.Unmount(Path, []);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}\\z")]
    private static partial Regex TypeName();
}
