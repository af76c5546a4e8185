using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>A host's answer about swap space, and fstab(5) after it.</summary>
sealed class SwapTable
{
    static readonly PathProbe Table = new(ConfigEngine.Resources.Fstab.Path, "file");

    readonly ReadOnlyMemory<byte> heading;

    /// <summary>Reads an answer.</summary>
    public SwapTable(Output output)
    {
        var (rest, lines) = (output, new List<string>());
        while (lines is not [.., "fstab"])
        {
            var (head, remainder) = AnswerHead.Split(rest, 1);
            lines.Add(head[0]);
            rest = remainder;
        }

        (Said, heading) = (new(lines[..^1]), output.Stdout[..^rest.Stdout.Length]);
        (Fstab, TableNeeds) = (Table.Probe.Parse(rest), Table.Probe.Needs(rest));
    }

    /// <summary>What it says of the swap space.</summary>
    public Properties Said { get; }

    /// <summary>The file at the path of fstab(5).</summary>
    public PathState? Fstab { get; }

    /// <summary>The reasons why fstab(5) cannot be written.</summary>
    public IEnumerable<Need> TableNeeds { get; }

    /// <summary>The statement that a path is used as swap space.</summary>
    public static Claim There(string path) => new(new("swap space", path), "there", $"{path} is swap space");

    /// <summary>The probe of swap space. Each has its own question; fstab(5) is shared by all, and by mounts.</summary>
    /// <param name="path">The file or the device.</param>
    /// <param name="size">The size that a file should have.</param>
    /// <param name="parse">Makes the resource's state from the answer.</param>
    /// <param name="state">Gives the answer that a state was read from, and the content of fstab(5) in that state.</param>
    public static Probe<TState> Probe<TState>(
        string path,
        ByteSize? size,
        Func<SwapTable, TState> parse,
        Func<TState, (SwapTable? Answer, Content? Fstab)> state
    )
        where TState : class =>
        new(size is { } bytes ? $"cfg_swap {path} {bytes.Bytes}" : (Shell)$"cfg_swap {path}", output => parse(new(output)))
        {
            Subject = Table.Probe.Subject,
            Edits = true,
            Part = new(
                whole => state(whole) is { Answer.Fstab: { } before } now ? before with { Content = now.Fstab } : new PathState("file"),
                (output, fstab) => new SwapTable(output).With(fstab as PathState)
            ),
        };

    Output? With(PathState? fstab) =>
        fstab is not null && Table.Whole(fstab) is { } whole ? new(0, (byte[])[.. heading.Span, .. whole], default) : null;

    /// <summary>fstab(5) with its lines edited.</summary>
    public static Content? Edit(Content? fstab, Action<TextLines> edit) =>
        TextFile.Edit(fstab is null ? null : new("file", fstab), ConfigEngine.Resources.Fstab.Path, edit).Content;

    /// <summary>Whether a line of fstab(5) is about that swap space.</summary>
    public static bool IsLineOf(string line, string path) =>
        ConfigEngine.Resources.Fstab.Parse(line) is { Type: "swap" } there && there.Device == path;

    /// <summary>A priority as /proc/swaps has it: the kernel's own are negative.</summary>
    public static int PriorityOf(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
            ? priority
            : throw new UnexpectedOutputException($"expected a priority, got \"{Text.Excerpt(text)}\"");
}
