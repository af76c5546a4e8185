using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A kernel setting (sysctl(8)): its value in the kernel now, and its value in the files in sysctl.d, which is set at boot. If
/// those files do not set it, it gets a file of its own: <c>/etc/sysctl.d/90-NAME.conf</c>. To leave a setting to the system again,
/// use a <see cref="NoPath"/> for that file; the kernel keeps the value until the next boot.
/// </summary>
/// <theme>system</theme>
/// <example><code>new Sysctl("net.ipv4.ip_forward") { Value = "1" }</code></example>
/// <param name="Name">
/// The setting, with dots or slashes between its parts. If a part itself has a dot, such as the interface <c>eth0.100</c>, write
/// that dot as a slash: <c>net.ipv4.conf.eth0/100.rp_filter</c> (sysctl.d(5)).
/// </param>
public sealed partial record Sysctl(string Name) : Resource<Sysctl.State>
{
    static readonly DropIns Files = new("sysctl.d");

    /// <summary>
    /// The value. Separate several numbers with spaces. Spaces and tabs make no difference, and neither does the way a number is
    /// written: <c>0x10</c> is the 16 that the kernel shows. If a setting has several numbers, you may give only the first ones.
    /// </summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Key => Swap(PathOf(Name));

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Valid().IsMatch(PathOf(Name))
                ? (string[])[]
                :
                [
                    $"\"{Text.Excerpt(Name)}\" is not a valid setting; it is written like net.ipv4.ip_forward, of one value each, "
                        + $"without wildcards",
                ],
            .. Normal(Value).Length == 0 ? (string[])["its value is empty"] : [],
            .. Value.Trim(' ', '\t', '\n').Any(c => char.IsControl(c) && c != '\t')
                ? (string[])["its value is more than one line, or has a control character in it"]
                : [],
        ];

    /// <summary>In the files of sysctl.d, only the lines about this setting count.</summary>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            new(Kind, Key),
            .. Follows,
            .. ((Aspect[])[Aspect.Under(Files.Own), Aspect.Path("/etc/sysctl.conf"), Aspect.Under("/usr/lib/sysctl.d")]).Select(files =>
                files with
                {
                    Part = Key,
                }
            ),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key), .. Drives, Aspect.Path(File) with { Part = Key }];

    /// <summary>The settings that the kernel changes together with this one; resources for them are probed again.</summary>
    IEnumerable<Aspect> Drives => Families(Side.Drives);

    /// <summary>The settings whose change also changes this one in the kernel.</summary>
    IEnumerable<Aspect> Follows => Families(Side.Follows);

    /// <summary>Whether a setting changes others of its family with it, or is changed with them.</summary>
    enum Side
    {
        Drives,
        Follows,
    }

    /// <summary>
    /// A value written to <c>conf/all</c> or <c>conf/default</c> of a network protocol is copied to the interfaces. Forwarding has
    /// several names, and resets whether redirects are accepted (Documentation/networking/ip-sysctl.rst). If a limit can be set in
    /// two ways, the last one counts (Documentation/admin-guide/sysctl/vm.rst).
    /// </summary>
    IEnumerable<Aspect> Families(Side side)
    {
        string[] parts = [.. PathOf(Name).Split('/')];
        if (parts is ["net", var protocol, "conf" or "neigh", var of, var setting] && (of is "all" or "default") == side is Side.Drives)
            yield return Family($"{protocol} {setting}");
        if (
            parts is ["net", _, "ip_forward"] or ["net", _, "conf", _, "forwarding"]
            || (side is Side.Follows && parts is ["net", _, "conf", _, "accept_redirects"])
        )
            yield return Family($"{parts[1]} forwarding and redirects");
        if (parts is ["vm", var limit] && LastWord().Replace(limit, "") is var stem && stem != limit)
            yield return Family($"vm {stem}");
    }

    static Aspect Family(string name) => new("sysctl-family", name);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    string File => $"{Files.Own}/90-{Key.Replace('/', '-')}.conf";

    string Live => $"/proc/sys/{PathOf(Name)}";

    /// <summary>
    /// Lines of sysctl.d with its whole name, with dots or slashes. Lines of other settings with the same ending do not match.
    /// </summary>
    string Itself => $"{Separator().Replace(Literal(PathOf(Name)), "[./]")}([^[:alnum:]_./-]|$)";

    /// <summary>Lines with a pattern that has the same ending, such as <c>net.ipv4.conf.*.rp_filter</c>.</summary>
    string ByPattern => $"[*?[].*{Literal(PathOf(Name).Split('/')[^1])}([^[:alnum:]_./-]|$)";

    /// <summary>A part of a setting's name, escaped for regex(7). Only the dot and the plus sign need that.</summary>
    static string Literal(string text) => text.Replace(".", @"\.", StringComparison.Ordinal).Replace("+", @"\+", StringComparison.Ordinal);

    /// <summary>What a plan compares.</summary>
    /// <param name="Live">The current value.</param>
    /// <param name="Persistent">The value from the next boot on; null where no file sets it.</param>
    public sealed record State(string? Live, string? Persistent)
    {
        internal DropInLine? Decider { get; init; }

        internal bool IsFixed { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(Normal(Value), Normal(Value));

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_sysctl {Live} && {Files.Script(Itself, ByPattern)}", Parse) { Needs = output => Needs(Parse(output)) };

    State Parse(Output output)
    {
        var live = output.FileLines switch
        {
            ["absent", ..] => null,
            [{ } first, ..] when first.StartsWith("live ", StringComparison.Ordinal) => Normal(first[5..]),
            [{ } first, ..] when first.StartsWith("fixed ", StringComparison.Ordinal) => Normal(first[6..]),
            _ => throw new UnexpectedOutputException($"expected the value of {Name}, got \"{Text.Excerpt(output.Text)}\""),
        };
        var decider = DropIns
            .Parse(output.FileLines.Skip(1))
            .LastOrDefault(line => line.Text.Split('=', 2) is [var key, _] && PathOf(key.Trim().TrimStart('-')) == PathOf(Name));
        return new(live, decider is null ? null : Normal(decider.Text.Split('=', 2)[1]))
        {
            Decider = decider,
            IsFixed = output.FileLines[0].StartsWith("fixed ", StringComparison.Ordinal),
        };
    }

    IEnumerable<Need> Needs(State actual)
    {
        if (actual.Live is null)
            yield return new(new(Kind, Key), $"the kernel has no setting {Key}")
            {
                Hint = "check the spelling; it may need a KernelModule or an interface first",
            };
        if (actual is { IsFixed: true, Live: not null } && SysctlValue.AsKernelSays(Value, actual.Live) != actual.Live)
            yield return new(
                new(Kind, Key),
                $"{Live} cannot be written: the kernel does not let it be set, or /proc/sys is read-only here (a container)"
            )
            {
                Hint = "some settings are given at boot only, or set on the machine that the container runs on",
            };
        if (actual.Decider is { } decider && !SysctlValue.IsSame(Value, actual.Persistent ?? "") && DropIns.IsAfter(decider.File, File))
            yield return new(Aspect.Path(decider.Real), $"{decider.File} says {decider.Text}, and is read after {File}")
            {
                Hint = $"take that line out first: new NoLine(\"{decider.Real}\") {{ Text = … }}",
            };
    }

    /// <summary>A value with the same meaning is not written again only because its spelling differs.</summary>
    protected override State Towards(State? actual) =>
        new(
            actual?.Live is { } live ? SysctlValue.AsKernelSays(Value, live) : Desired.Live,
            actual?.Persistent is { } file && SysctlValue.IsSame(Value, file) ? file : Desired.Persistent
        );

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        // The kernel first: if it refuses the value, no file is written that would fail at every boot.
        if (diff.Changes(s => s.Live))
            yield return Run($"printf '%s\\n' {Normal(Value)} >{Live}");
        if (diff.Changes(s => s.Persistent))
            yield return FileWrite.Whole(File, $"{Key} = {Normal(Value)}\n");
    }

    /// <summary>
    /// The path of a setting below /proc/sys. The first dot or slash in the name decides which of them separates its parts
    /// (sysctl.d(5)).
    /// </summary>
    static string PathOf(string name) => name.IndexOfAny(['.', '/']) is >= 0 and var first && name[first] == '.' ? Swap(name) : name;

    static string Swap(string name) =>
        string.Concat(
            name.Select(c =>
                c switch
                {
                    '.' => '/',
                    '/' => '.',
                    _ => c,
                }
            )
        );

    static string Normal(string value) => SysctlValue.Normal(value);

    /// <summary>The separator between the parts of a name, as <see cref="Literal"/> writes it.</summary>
    [GeneratedRegex(@"\\\.|/")]
    private static partial Regex Separator();

    [GeneratedRegex(@"_(ratio|bytes|kbytes)\z")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(/(?!\.{1,2}(/|\z))[A-Za-z0-9_.:@+-]+)+\z")]
    private static partial Regex Valid();
}
