using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// A file of a fixed size with an ext4 file system in it. Mounted, it is a directory that cannot grow beyond that size, so that a log
/// that runs wild does not fill the disk; a <see cref="Mount"/> with the option <c>loop</c> after it mounts it. All of its space is
/// reserved when it is made. A larger <see cref="Size"/> makes the file system grow, also while it is mounted; a smaller one is an
/// error. To remove it, use a <see cref="NoMount"/> and a <see cref="NoPath"/>.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new LoopImage("/var/lib/logs.img") { Size = ByteSize.FromGigabytes(1) }</code></example>
/// <param name="Path">The file. Only root may be able to write its directory.</param>
public sealed record LoopImage(string Path) : Resource<LoopImage.State>
{
    /// <summary>Its size, in whole MiB.</summary>
    public required ByteSize Size { get; init; }

    const long Mebibyte = 1024 * 1024;

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. Path.Any(char.IsControl) ? (string[])["it has a line end or another control character in it"] : [],
            .. Size.Bytes % Mebibyte != 0 || Size.Bytes < 8 * Mebibyte
                ? (string[])[$"its Size is at least 8 MiB, in whole MiB, and not {Size.Bytes} bytes"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "loop image")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Size">The size of the file.</param>
    /// <param name="FileSystem">The type of file system in it.</param>
    /// <param name="FileSystemSize">The size of the file system, if it does not fill the file.</param>
    /// <param name="Mode">The mode of the file.</param>
    public sealed record State(ByteSize? Size, string? FileSystem, ByteSize? FileSystemSize, Mode? Mode);

    /// <inheritdoc/>
    protected override State Desired => new(Size, "ext4", null, "0600");

    /// <summary>resize2fs(8) leaves out a last group of blocks that is too small for its own tables.</summary>
    const long Rest = 4 * Mebibyte;

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.FileSystemSize is { } there && there.Bytes < Size.Bytes - Rest ? Desired with { FileSystemSize = Size } : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_image {Path} {Size.Bytes}", Parse) { Tools = ["blkid", "mkfs.ext4", "resize2fs", "losetup"], Needs = Needs };

    State? Parse(Output output)
    {
        var said = output.Properties;
        if (said["kind"] is not "file")
            return null;
        var blocks = said.Find("blocks")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(
            new(Number.ReadLong(said["size"], "the size of a file")),
            said.Find("type") ?? "",
            blocks is [var count, var size]
                ? new(Number.ReadLong(count, "a number of blocks") * Number.Read(size, "the size of a block"))
                : null,
            Mode.Said(said["mode"])
        );
    }

    IEnumerable<Need> Needs(Output output)
    {
        var said = output.Properties;
        var actual = Parse(output);
        if (said["kind"] is not ("file" or "absent"))
            yield return new(Aspect.Path(Path), $"there is no file at {Path}, but something else")
            {
                Always = true,
                Hint = "move it away, or use another path",
            };
        if (actual is { FileSystem: not "ext4" })
            yield return new(Aspect.Path(Path), $"{Path} is a file without an ext4 file system, and is not overwritten")
            {
                Hint = "move it away, or use another path",
            };
        else if (actual?.Size is { } larger && larger.Bytes > Size.Bytes)
            yield return new(Aspect.Path(Path), $"{Path} is {larger.Human}, and an image is never made smaller ({Size.Human})")
            {
                Hint = "make a new image under another path, and copy what is in this one",
            };
        foreach (var need in RoomNeeds(Path, Size, said["room"]))
            yield return need;
    }

    /// <summary>What is missing for a file of that size: its directory, or room on its disk.</summary>
    internal static IEnumerable<Need> RoomNeeds(string path, ByteSize size, string room)
    {
        if (room is "absent")
            yield return new(Aspect.Path(PathProbe.Parent(path)), $"the directory {PathProbe.Parent(path)} does not exist");
        else if (room is not "yes")
            yield return new(
                Aspect.Path(path),
                $"{path} would be {size.Human}, and its disk has only {new ByteSize(Number.ReadLong(room, "the free space")).Human} left"
            )
            {
                Hint = "make it smaller, or use another disk",
            };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var bytes = Size.Bytes.ToString(CultureInfo.InvariantCulture);
        if (diff.Creates)
        {
            yield return new($"cfg_make_image {Path} {bytes}")
            {
                TellsFirstWrite = true,
                Title = $"make {Text.Excerpt(Path)} ({Size.Human}), with mkfs.ext4",
            };
            yield break;
        }

        if (diff.Changes(s => s.Mode))
            yield return FileWrite.Own(Path, Ownership.Kept, "0600", "");
        if (diff.Changes(s => s.Size) || diff.Changes(s => s.FileSystemSize))
            yield return new($"cfg_grow_image {Path} {bytes}")
            {
                TellsFirstWrite = true,
                Title = $"make {Text.Excerpt(Path)} larger ({Size.Human}), with resize2fs",
            };
    }
}
