using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// Swap space in a file or on a device: made where nothing is, used now, and used from the next boot on by its line in fstab(5). A
/// file of another size is made again. A device that has something else on it is an error. To remove it, use a <see cref="NoSwap"/>.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new Swap("/swapfile") { Size = ByteSize.FromGigabytes(2) }</code></example>
/// <param name="Path">A file, in a directory that only root may write, or a device below /dev.</param>
public sealed record Swap(string Path) : Resource<Swap.State>
{
    /// <summary>The size of a file, in whole MiB; left alone when null. A new file needs it, and a device has its own.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>Swap space with a higher priority is used first, 0 to 32767; left alone when null (the kernel chooses it).</summary>
    public int? Priority { get; init; }

    const long Mebibyte = 1024 * 1024;

    bool IsDevice => Path.StartsWith("/dev/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. Path.Any(char.IsControl) ? (string[])["it has a line end or another control character in it"] : [],
            .. IsDevice && Size is not null ? (string[])["a device has its own size; leave Size out"] : [],
            .. Size is { } size && (size.Bytes % Mebibyte != 0 || size.Bytes < Mebibyte)
                ? (string[])[$"its Size is at least 1 MiB, in whole MiB, and not {size.Bytes} bytes"]
                : [],
            .. Priority is < 0 or > 32767 ? (string[])[$"its Priority is 0 to 32767, and not {Priority}"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [SwapTable.There(Path), .. IsDevice ? (Claim[])[] : [Claim.Path(Path, "swap file")]];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Fstab.Path), Aspect.Path(Path), Aspect.Tool("mkswap")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Fstab.Path), Aspect.Path(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fstab">All of fstab(5).</param>
    /// <param name="Type">What is in the file or on the device: swap.</param>
    /// <param name="Size">The size of the file.</param>
    /// <param name="Mode">The mode of the file.</param>
    /// <param name="Active">Whether it is used now.</param>
    /// <param name="Priority">Its priority now.</param>
    public sealed record State(Content? Fstab, string? Type, ByteSize? Size, Mode? Mode, bool? Active, int? Priority)
    {
        internal SwapTable? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(null, "swap", Size, IsDevice ? (Mode?)null : Mode.Parse("0600"), true, Priority);

    /// <inheritdoc/>
    protected override State Towards(State? actual) => Desired with { Fstab = SwapTable.Edit(actual?.Fstab, Edit) };

    void Edit(TextLines lines)
    {
        var at = lines.FindIndex(line => SwapTable.IsLineOf(line, Path));
        var there = at < 0 ? null : Fstab.Parse(lines[at]);
        IReadOnlyList<string> options = there is null
            ? ["sw", .. Wanted]
            : [.. there.Options.Where(option => Priority is null || !IsPriority(option)), .. Wanted];
        FstabLine wanted = new(Path, "none", "swap", options, there?.Dump ?? 0, there?.Pass ?? 0);
        if (there is null)
            lines.Add(wanted.Text);
        else if (!there.Options.Order(StringComparer.Ordinal).SequenceEqual(options.Order(StringComparer.Ordinal)))
            lines[at] = (wanted with { Point = there.Point }).In(lines[at]);
        for (var i = lines.Count - 1; i > at && at >= 0; i--)
        {
            if (SwapTable.IsLineOf(lines[i], Path))
                lines.RemoveAt(i);
        }
    }

    IEnumerable<string> Wanted => Priority is null ? [] : [$"pri={Priority}"];

    static bool IsPriority(string option) => option.StartsWith("pri=", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        SwapTable.Probe(Path, Size, Parse, state => (state.Answer, state.Fstab)) with
        {
            Tools = ["blkid", "mkswap"],
            Needs = Needs,
        };

    static State Parse(SwapTable answer) =>
        new(
            answer.Fstab?.Content,
            answer.Said.Find("type") ?? answer.Said.Find("table") ?? "",
            answer.Said.Find("size") is { } size ? new(Number.ReadLong(size, "the size of a file")) : null,
            answer.Said.Find("mode") is { } mode ? Mode.Said(mode) : (Mode?)null,
            answer.Said.Find("active") is not null,
            answer.Said.Find("active") is { } priority ? SwapTable.PriorityOf(priority) : null
        )
        {
            Answer = answer,
        };

    IEnumerable<Need> Needs(Output output)
    {
        SwapTable answer = new(output);
        var (actual, kind) = (Parse(answer), answer.Said["kind"]);
        foreach (var need in answer.TableNeeds)
            yield return need;
        if (IsDevice ? kind is not "device" : kind is not ("file" or "absent"))
            yield return new(
                Aspect.Path(Path),
                IsDevice ? $"there is no device {Path}" : $"there is no file at {Path}, but something else"
            )
            {
                Hint = IsDevice ? "lsblk lists the devices" : "move it away, or use another path",
            };
        else if (actual.Type is not ("" or "swap"))
            yield return new(Aspect.Path(Path), $"{Path} has {actual.Type} on it, and is not overwritten")
            {
                Hint = IsDevice ? "use another device, or take that away with wipefs(8)" : "move it away, or use another path",
            };
        else if (kind is "file" && actual.Type is "" && answer.Said["size"] is not "0")
            yield return new(Aspect.Path(Path), $"{Path} is a file that is not swap space, and is not overwritten")
            {
                Hint = "move it away, or use another path",
            };
        else if (kind is "absent" && Size is null)
            yield return new(Aspect.Path(Path), $"there is no {Path}, and nothing says how large it should be") { Hint = "set its Size" };
        else if (Size is { } size)
        {
            foreach (var need in LoopImage.RoomNeeds(Path, size, answer.Said["room"]))
                yield return need;
        }
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Type is "swap" ? Verb.Update : Verb.Create;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        Makes(diff) && diff.Actual?.Active is true ? ["what is in it now must fit into memory while it is made again"] : [];

    static bool Makes(Diff<State> diff) => diff.Changes(s => s.Type) || diff.Changes(s => s.Size);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var again = diff.Actual?.Active is true && (Makes(diff) || diff.Changes(s => s.Priority));
        if (again)
            yield return Run($"swapoff -- {Path}");
        if (Makes(diff))
            yield return new($"cfg_make_swap {Path} {Size?.Bytes.ToString(CultureInfo.InvariantCulture) ?? ""}")
            {
                TellsFirstWrite = true,
                Title = $"$ mkswap {Shell.Quote(Path)}{(Size is { } size ? $"  ({size.Human})" : "")}",
            };
        else if (diff.Changes(s => s.Mode))
            yield return FileWrite.Own(Path, Ownership.Kept, "0600", "");
        if (again || diff.Changes(s => s.Active))
            yield return Priority is { } priority ? Run($"swapon -p {priority} -- {Path}") : Run($"swapon -- {Path}");
        if (diff.Changes(s => s.Fstab) && diff.Desired.Fstab is { } content)
            yield return MountWrite.Fstab(content, null);
    }
}
