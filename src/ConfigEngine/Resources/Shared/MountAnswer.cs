namespace ConfigEngine.Resources;

/// <summary>A host's answer about a mount point: what is mounted there now, and fstab(5).</summary>
sealed class MountAnswer
{
    static readonly PathProbe Table = new(ConfigEngine.Resources.Fstab.Path, "file");

    /// <summary>
    /// The flags that the mount table shows for every type of file system, by their names in mount(8). Where a flag is not shown, its
    /// opposite (such as rw) holds.
    /// </summary>
    static readonly string[] Visible = ["ro", "nosuid", "nodev", "noexec", "noatime", "nodiratime", "sync"];

    readonly ReadOnlyMemory<byte> heading;

    readonly List<string> users = [];

    /// <summary>The probe of a mount. Each mount has its own question; fstab(5) is shared by all of them.</summary>
    /// <param name="question">The question about the mount point.</param>
    /// <param name="parse">Makes the resource's state from the answer.</param>
    /// <param name="state">Gives the answer that a state was read from, and the content of fstab(5) in that state.</param>
    public static Probe<TState> Probe<TState>(
        MountQuestion question,
        Func<MountAnswer, TState> parse,
        Func<TState, (MountAnswer? Answer, Content? Fstab)> state
    )
        where TState : class =>
        new(question.Script, output => parse(new(output)))
        {
            Lasting = new(question.Lasting, Lasting),
            Subject = Table.Probe.Subject,
            Edits = true,
            Part = new(
                whole => state(whole) is { Answer.Fstab: { } before } now ? before with { Content = now.Fstab } : new PathState("file"),
                (output, fstab) => new MountAnswer(output).With(fstab as PathState)
            ),
            Needs = output => new MountAnswer(output).Needs(question),
        };

    /// <summary>Whether a line tells how a mount does and who uses it, which changes without a cause.</summary>
    static bool IsLife(string line) =>
        line is "silent" || line.StartsWith("fails ", StringComparison.Ordinal) || line.StartsWith("user ", StringComparison.Ordinal);

    static Output Lasting(Output output)
    {
        List<byte> kept = [];
        var (line, rest) = ("", output);
        while (line is not "fstab")
        {
            var (head, remainder) = AnswerHead.Split(rest, 1);
            line = head[0];
            if (!IsLife(line))
                kept.AddRange(rest.Stdout[..^remainder.Stdout.Length].Span);
            rest = remainder;
        }

        return output with
        {
            Stdout = (byte[])[.. kept, .. rest.Stdout.Span],
        };
    }

    Output? With(PathState? fstab) =>
        fstab is not null && Table.Whole(fstab) is { } whole ? new(0, (byte[])[.. heading.Span, .. whole], default) : null;

    /// <summary>Reads an answer.</summary>
    public MountAnswer(Output output)
    {
        var (rest, lines) = (output, new List<string>());
        while (lines is not [.., "fstab"])
        {
            var (head, remainder) = AnswerHead.Split(rest, 1);
            lines.Add(head[0]);
            rest = remainder;
        }

        (Fstab, heading) = (Table.Probe.Parse(rest), output.Stdout[..^rest.Stdout.Length]);
        TableNeeds = Table.Probe.Needs(rest);
        foreach (var line in lines)
        {
            switch (line.Split(' '))
            {
                // An automount point is not the mount itself.
                case ["mounted", _, _, _, "autofs", ..]:
                    break;
                case ["mounted", var device, var root, var flags, var type, var source, var options]:
                    (Count, Device, Root, Type, Source) = (Count + 1, device, root, type, MountField.Unescape(source));
                    Flags =
                    [
                        .. Visible.Where(flag => flags.Split(',').Contains(flag) || (flag is "ro" && options.Split(',').Contains("ro"))),
                    ];
                    Options = options.Split(',');
                    break;
                case ["real", ..]:
                    Real = line["real ".Length..];
                    break;
                case ["point", "absent", ..]:
                    (Point, Missing) = ("absent", line["point absent".Length..].TrimStart(' '));
                    break;
                case ["point", var what]:
                    (Point, IsFilled) = (what is "filled" ? "directory" : what, what is "filled");
                    break;
                case ["leads", ..]:
                    Leads = line["leads ".Length..];
                    break;
                case ["origin", ..]:
                    Origin = line["origin ".Length..];
                    break;
                case ["device", ..]:
                    Wanted = line["device ".Length..];
                    break;
                case ["source", var device, var root, var point]:
                    On = (device, root, point);
                    break;
                case ["silent"]:
                    Trouble = "does not answer within 10 s";
                    break;
                case ["fails", ..]:
                    Trouble = $"fails ({Text.Excerpt(line["fails ".Length..])})";
                    break;
                case ["user", ..]:
                    users.Add(Text.Excerpt(line["user ".Length..]));
                    break;
                case ["fstab"]:
                    break;
                default:
                    throw new UnexpectedOutputException($"expected a line of mountinfo, got \"{Text.Excerpt(line)}\"");
            }
        }
    }

    /// <summary>The number of mounts on the mount point, one on top of another.</summary>
    public int Count { get; private set; }

    /// <summary>The file at the path of fstab(5).</summary>
    public PathState? Fstab { get; }

    /// <summary>The reasons why fstab(5) cannot be written.</summary>
    public IEnumerable<Need> TableNeeds { get; }

    /// <summary>
    /// The type of the mount point: <c>directory</c>, <c>file</c> or <c>absent</c>; null where it was not probed.
    /// </summary>
    public string? Point { get; private set; }

    /// <summary>If the mount point does not exist: the end of its path, which is to be created.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>Whether the mount point is a directory that is not empty.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>
    /// The real path of the mount point, if it differs: mount(8) follows links, but fstab(5) holds the path as it was written.
    /// </summary>
    public string? Leads { get; private set; }

    /// <summary>The real path of a bind mount's source, in the same way.</summary>
    public string? Origin { get; private set; }

    /// <summary>Why a network file system cannot be used although it is mounted, in words; null where it answers.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Who uses the mount, where it was asked for: <c>it is used by sleep (1234)</c>, or nothing.</summary>
    public string UsedBy => users.Count == 0 ? "" : $"it is used by {Text.List(users, shown: 8)}";

    /// <summary>What is missing before that path can be mounted or unmounted.</summary>
    IEnumerable<Need> Needs(MountQuestion question)
    {
        foreach (var need in TableNeeds)
            yield return need;
        if (Leads is not null)
            yield return Behind(question.Point, Leads);
        if (Origin is not null && question.BindsFrom is { } source)
            yield return Behind(source, Origin);
        if (Trouble is not null && question.IsWanted)
            yield return new(Aspect.Path(question.Point), Complaint(question.Point))
            {
                Always = true,
                Hint =
                    $"where its server does not come back: new NoMount(\"{Text.Excerpt(question.Point)}\") {{ Lazy = true }} lets "
                    + "programs keep it until they close it, Force = true ends their requests with errors",
            };
    }

    string Complaint(string point) =>
        $"{Text.Excerpt(point)} ({Text.Excerpt(Source ?? "")}) {Trouble}{(UsedBy.Length > 0 ? $"; {UsedBy}" : "")}";

    /// <summary>What a plan says of a mount that is about to be unmounted: that it does not answer, and who uses it.</summary>
    public IEnumerable<string> Life(string point) =>
        Trouble is not null ? [Complaint(point)]
        : UsedBy.Length > 0 ? [UsedBy]
        : [];

    static Need Behind(string path, string real) =>
        new(Aspect.Path(path), $"{path} leads through a symbolic link to {real}, the only name by which the kernel knows a mount there")
        {
            Hint = $"declare {real} instead",
        };

    /// <summary>The device number of the topmost mount.</summary>
    public string? Device { get; private set; }

    /// <summary>The topmost mount's directory within its file system.</summary>
    public string? Root { get; private set; }

    /// <summary>The topmost mount's type.</summary>
    public string? Type { get; private set; }

    /// <summary>The topmost mount's source.</summary>
    public string? Source { get; private set; }

    /// <summary>That source with links followed; for a loop device, its file.</summary>
    public string? Real { get; private set; }

    /// <summary>The requested device, with links followed.</summary>
    public string? Wanted { get; private set; }

    /// <summary>The mount that the source of a bind mount is on.</summary>
    public (string Device, string Root, string Point)? On { get; private set; }

    /// <summary>The topmost mount's flags.</summary>
    public IReadOnlyList<string> Flags { get; private set; } = [];

    /// <summary>The options that belong to its type.</summary>
    public IReadOnlyList<string> Options { get; private set; } = [];

    /// <summary>Whether the requested device is the one that is mounted.</summary>
    public bool IsFrom(string device, string type) =>
        type switch
        {
            "none" when On is { } on => Device == on.Device && Root == Below(on, MountField.Escape(device)),
            "tmpfs" or "ramfs" or "proc" or "sysfs" or "devpts" or "overlay" => true,
            _ => Source?.TrimEnd('/') == device.TrimEnd('/') || Real == device || (Wanted is not null && Real == Wanted),
        };

    static string Below((string Device, string Root, string Point) on, string path)
    {
        var rest = path[(on.Point is "/" ? 0 : on.Point.Length)..];
        return on.Root is "/" ? (rest.Length == 0 ? "/" : rest) : on.Root + rest;
    }

    /// <summary>Whether the type is the requested one. nfs is mounted as nfs4, and an automatic type can be any.</summary>
    public bool IsType(string type) =>
        type is "none" or "auto" || Type == type || (type is "nfs" && Type is "nfs4") || (type is "cifs" && Type is "smb3");

    /// <summary>The flags that options ask for.</summary>
    public static IReadOnlyList<string> FlagsOf(IEnumerable<string> options)
    {
        HashSet<string> flags = [];
        foreach (var option in options)
        {
            if (Visible.Contains(option))
                flags.Add(option);
            if (option is "user" or "users")
                flags.UnionWith(["nosuid", "nodev", "noexec"]);
            if (option is "owner" or "group")
                flags.UnionWith(["nosuid", "nodev"]);
            flags.Remove(
                option switch
                {
                    "rw" => "ro",
                    "atime" or "relatime" or "strictatime" => "noatime",
                    "async" => "sync",
                    "suid" or "dev" or "exec" or "diratime" => "no" + option,
                    _ => "",
                }
            );
        }

        return [.. Visible.Where(flags.Contains)];
    }
}

/// <summary>The question to a host about a mount point.</summary>
/// <param name="Point">The mount point.</param>
/// <param name="Device">What should be mounted there; null where that does not matter.</param>
/// <param name="BindsFrom">The device again, if it is a path whose own mount must be known; otherwise null.</param>
sealed record MountQuestion(string Point, string? Device, string? BindsFrom)
{
    /// <summary>Whether it should be mounted, and so has to answer. Otherwise, who uses it matters.</summary>
    public required bool IsWanted { get; init; }

    /// <summary>The question. Paths are also given as the kernel writes them.</summary>
    public Shell Script => $"{Place} {new Hint(IsWanted ? "silent" : "always", "")}";

    /// <summary>The question without how the mount does and who uses it.</summary>
    public Shell Lasting => $"{Place} ''";

    Shell Place => $"cfg_mounts {MountField.Escape(Point)} {MountField.Escape(BindsFrom ?? "")} {Device ?? ""} {Point}";
}
