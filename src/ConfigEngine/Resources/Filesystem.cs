using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A file system on a block device (mkfs(8)). It is made only where nothing is: any other file system, partition table or swap space
/// on the device is an error, unless the recipe names it in <see cref="Over"/>. A device that is in use is never touched. There is no
/// way to take a file system away.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new Filesystem("/dev/vdb") { Type = "ext4", Label = "data" }</code></example>
/// <param name="Device">The device: <c>/dev/vdb1</c>, <c>/dev/disk/by-id/…</c></param>
public sealed partial record Filesystem(string Device) : Resource<Filesystem.State>
{
    /// <summary>The type, as in <c>mkfs.TYPE</c>: ext4, xfs, btrfs, vfat …</summary>
    public required string Type { get; init; }

    /// <summary>Its label; left alone when null (a new file system has none).</summary>
    public string? Label { get; init; }

    /// <summary>
    /// What may be overwritten, by the name that blkid(8) has for it: <c>xfs</c>, <c>swap</c>, <c>gpt</c>. <em>All data on it is
    /// lost.</em> Nothing is ever overwritten when null.
    /// </summary>
    public string? Over { get; init; }

    bool IsExt => Type is "ext2" or "ext3" or "ext4";

    /// <inheritdoc/>
    public override string Key => Device;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Device),
            .. Device.StartsWith("/dev/", StringComparison.Ordinal) && !Device.Any(char.IsControl)
                ? (string[])[]
                : [$"\"{Text.Excerpt(Device)}\" is not a path below /dev"],
            .. TypeName().IsMatch(Type) && Type is not ("swap" or "nfs" or "cifs" or "tmpfs" or "none")
                ? (string[])[]
                : [$"\"{Text.Excerpt(Type)}\" is not a type that mkfs makes"],
            .. Label is null || LabelText().IsMatch(Label)
                ? (string[])[]
                : [$"\"{Text.Excerpt(Label)}\" is not a label: at most 16 characters"],
            .. Over is null || Over != Type
                ? (string[])[]
                : [$"a device that has {Type} already stays as it is, so Over = \"{Type}\" has no effect"],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("what is on a device", Device), Type, $"{Device} has a file system {Type}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Device), Aspect.Tool($"mkfs.{Type}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Device)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Type">The type.</param>
    /// <param name="Label">The label.</param>
    public sealed record State(string? Type, string? Label);

    /// <inheritdoc/>
    protected override State Desired => new(Type, Label);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new($"cfg_device {Device}", Parse) { Tools = ["blkid", $"mkfs.{Type}"], Needs = Needs };

    static State? Parse(Output output)
    {
        var said = output.Properties;
        return said["kind"] is "device" && (said.Find("type") ?? said.Find("table")) is { } type
            ? new(type, said.Find("label") ?? "")
            : null;
    }

    IEnumerable<Need> Needs(Output output)
    {
        var said = output.Properties;
        var actual = Parse(output);
        if (said["kind"] is not "device")
        {
            yield return new(Aspect.Path(Device), said["kind"] is "absent" ? $"there is no {Device}" : $"{Device} is not a block device")
            {
                Hint = "lsblk lists the devices",
            };
            yield break;
        }

        if (actual?.Type is { } there && there != Type && there != Over)
            yield return new(Aspect.Path(Device), $"{Device} has {there} on it, and is not overwritten")
            {
                Hint = there is "several" ? "see wipefs(8)" : $"where all of that may be lost: Over = \"{there}\"",
            };
        else if (said.Find("used") is { } used && actual?.Type != Type)
            yield return new(Aspect.Path(Device), $"{Device} is in use ({MountField.Unescape(used)}), and is not overwritten")
            {
                Hint = "take it out of use before this line: NoMount, NoSwap",
            };
        else if (actual?.Type == Type && Label is not null && actual.Label != Label && !IsExt)
            yield return new(Aspect.Path(Device), $"the label of an existing {Type} is not changed; it is \"{actual.Label}\"")
            {
                Hint = "change it by hand, or leave Label out",
            };
    }

    static bool Overwrites(Diff<State> diff) => !diff.Creates && diff.Changes(s => s.Type);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Creates ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        Overwrites(diff) ? [new(EffectKind.Discards, $"all that is on {Device} ({diff.Actual?.Type})") { IsNamed = true }] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var force =
            !Overwrites(diff) ? (IsExt ? "-q" : "")
            : IsExt ? "-F"
            : Type is "xfs" or "btrfs" ? "-f"
            : Type is "vfat" ? "-I"
            : "";
        if (diff.Creates || diff.Changes(s => s.Type))
            yield return new($"cfg_make_filesystem {Type} {Label ?? ""} {force} {Device}")
            {
                TellsFirstWrite = true,
                Title = $"$ mkfs.{Type}{Named} {Shell.Quote(Device)}",
            };
        else
            yield return Run($"e2label {Device} {Label ?? ""}");
    }

    string Named => Label is null ? "" : $" -{(Type is "vfat" ? "n" : "L")} {Shell.Quote(Label)}";

    [GeneratedRegex(@"^[a-z][a-z0-9]{1,15}\z")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^[A-Za-z0-9_.][A-Za-z0-9_. -]{0,15}\z")]
    private static partial Regex LabelText();
}
