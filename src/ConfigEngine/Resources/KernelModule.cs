using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A kernel module: whether it is loaded now and at boot (modules-load.d(5)), its options, and whether devices may load it
/// (modprobe.d(5)). A module that is built into the kernel counts as loaded.
/// </summary>
/// <theme>system</theme>
/// <example><code>new KernelModule("nf_conntrack") { Options = "hashsize=65536" }</code></example>
/// <param name="Name">The module's own name, not an alias. Dashes and underscores mean the same.</param>
public sealed partial record KernelModule(string Name) : Resource<KernelModule.State>
{
    static readonly DropIns Loads = new("modules-load.d");
    static readonly DropIns Settings = new("modprobe.d");

    /// <summary>
    /// Whether it is loaded now; true by default, left alone when null. A module that is in use cannot be unloaded; that is an
    /// error.
    /// </summary>
    public bool? Loaded { get; init; } = true;

    /// <summary>Whether it is loaded at boot; true by default, left alone when null.</summary>
    public bool? AtBoot { get; init; } = true;

    /// <summary>
    /// The options, as in modprobe.d(5): <c>"numdummies=2"</c>. Left alone when null; none when empty. They take effect when the
    /// module is loaded the next time. It is an error if a file that is read later sets another value.
    /// </summary>
    public string? Options { get; init; }

    /// <summary>When true, devices do not load the module; it is loaded only by its name. Left alone when null.</summary>
    public bool? Blacklisted { get; init; }

    /// <inheritdoc/>
    public override string Key => Plain(Name);

    string LoadFile => $"{Loads.Own}/{Key}.conf";

    string OptionsFile => $"{Settings.Own}/{Key}.conf";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Valid().IsMatch(Name)
                ? (string[])[]
                : [$"\"{Text.Excerpt(Name)}\" is not a valid name for a module: letters, digits, dashes and underscores"],
            .. Options is not null && Options.Any(char.IsControl) ? (string[])["its options are more than one line"] : [],
            .. Blacklisted is true && (Loaded is true || AtBoot is true)
                ? (string[])["it would be loaded by its name although it is blacklisted; set Loaded = false and AtBoot = false as well"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <summary>In the files of these directories, only the lines about this module count.</summary>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            new(Kind, Key),
            Aspect.Under(Loads.Own) with
            {
                Part = Key,
            },
            Aspect.Path("/etc/modules"),
            Aspect.Path(OptionsFile) with
            {
                Part = Key,
            },
            .. Options is { Length: > 0 } ? (Aspect[])[Aspect.Under(Settings.Own) with { Part = Key }] : [],
            Aspect.Under("/lib/modules"),
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [new(Kind, Key), new("sysctl", "*"), Aspect.Path(LoadFile) with { Part = Key }, Aspect.Path(OptionsFile) with { Part = Key }];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(LoadFile), Aspect.Path(OptionsFile)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Loaded">Whether it is loaded now.</param>
    /// <param name="AtBoot">Whether it is loaded at boot.</param>
    /// <param name="Options">The options that its file in /etc/modprobe.d gives it.</param>
    /// <param name="Blacklisted">Whether that file blacklists it.</param>
    public sealed record State(bool? Loaded, bool? AtBoot, string? Options, bool? Blacklisted)
    {
        internal string? Answer { get; init; }

        internal bool IsBuiltIn { get; init; }

        internal bool IsKnown { get; init; }

        /// <summary>The module that this name is an alias of.</summary>
        internal string? AliasOf { get; init; }

        internal IReadOnlyList<DropInLine> Loaders { get; init; } = [];

        /// <summary>The options that all files give the module, in order: for each parameter the last one counts.</summary>
        internal IReadOnlyList<DropInLine> AllOptions { get; init; } = [];
    }

    /// <inheritdoc/>
    protected override State Desired => new(Loaded, AtBoot, Options?.Trim(), Blacklisted);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Snippet($""), Parse)
        {
            Expecting = state => Either(state) is { } answer ? (Snippet($" either"), answer) : (Snippet($""), null),
            Tools = ["modprobe"],
            Needs = output => Needs(Parse(output)),
        };

    Shell Snippet(Shell either) =>
        $"cfg_module {Key} {LoadedLine} {BuiltInLine} {OptionsFile}{either} && "
        + $"{Loads.Script(Key, Dashed)}"
        + $"{(Options is { Length: > 0 } ? $" && echo && {Settings.Script(Key, Dashed)}" : (Shell)$"")}";

    /// <summary>
    /// The answer of a host in a state, if it does not matter whether the module is loaded. Another module that is loaded before
    /// this one loads the modules it needs, and unloads them when it is unloaded; then nothing is left to do. Null where it
    /// matters, or is not known.
    /// </summary>
    string? Either(State? state) =>
        state is not null
        && Loaded is not null
        && state.Loaded != Loaded
        && KnownAnswer.Answer(state, state.Answer, Parse) is { } seen
        && seen[..seen.IndexOf('\n', StringComparison.Ordinal)] is ("loaded" or "known")
            ? $"known{seen[seen.IndexOf('\n', StringComparison.Ordinal)..]}"
            : null;

    string Dashed => Key.Replace('_', '-');

    string LoadedLine => $"^{Key} ";

    string BuiltInLine => $"/{Key.Replace("_", "[_-]", StringComparison.Ordinal)}\\.ko";

    State Parse(Output output)
    {
        var answer = output.FileLines;
        var status = answer is [{ } first, ..] ? first : "";
        if (
            output.Stdout.Span.IndexOf("\n\n"u8) < 0
            || status is not ("loaded" or "builtin" or "known" or "unknown" or ['a', 'l', 'i', 'a', 's', ' ', ..])
        )
            throw new UnexpectedOutputException($"expected whether it is loaded, got \"{Text.Excerpt(status)}\"");
        var own = answer.Skip(1).TakeWhile(line => line.Length > 0).ToList();
        List<string[]> lines = [.. Plainly(string.Join('\n', own.Select(line => line[1..].TrimEnd('\r')))).Split('\n').Select(Words)];
        var files = answer.Skip(own.Count + 2).ToList();
        var loading = files.TakeWhile(line => line.Length > 0).ToList();
        var loaders = DropIns.Parse(loading).Where(line => Plain(line.Text) == Key).ToList();
        return new(
            status is "loaded" or "builtin",
            loaders.Count > 0,
            string.Join(
                ' ',
                lines.Where(words => words is ["options", var name, _] && Plain(name) == Key).Select(words => words[2].Trim())
            ),
            lines.Exists(words => words is ["blacklist", var name, ..] && Plain(name) == Key)
        )
        {
            Answer = Encoding.UTF8.GetString(output.Stdout.Span),
            IsBuiltIn = status is "builtin",
            IsKnown = status is not "unknown",
            AliasOf = status.StartsWith("alias ", StringComparison.Ordinal) ? status["alias ".Length..] : null,
            Loaders = loaders,
            AllOptions =
            [
                .. DropIns
                    .Parse(files.Skip(loading.Count + 1))
                    .Where(line => Words(line.Text) is ["options", var name, _] && Plain(name) == Key),
            ],
        };
    }

    IEnumerable<Need> Needs(State actual)
    {
        if (actual.AliasOf is { } module)
            yield return new(Aspect.Under("/lib/modules"), $"{Name} is another name of the module {module}")
            {
                Hint = $"use new KernelModule(\"{module}\")",
            };
        if (!actual.IsKnown && (Loaded is true || AtBoot is true))
            yield return new(Aspect.Under("/lib/modules"), $"the running kernel has no module {Name}")
            {
                Hint = "check the spelling; it may need a package, such as linux-modules-extra or a dkms one",
            };
        if (actual.IsBuiltIn && Loaded is false)
            yield return new(new(Kind, Key), $"{Name} is built into the kernel and cannot be unloaded") { Hint = "leave Loaded = null" };
        if (AtBoot is false && actual.Loaders.FirstOrDefault(line => line.File != LoadFile) is { } other)
            yield return new(Aspect.Path(other.Real), $"{other.File} has it loaded at boot")
            {
                Hint = $"take the line out first: new NoLine(\"{other.Real}\") {{ Text = \"{other.Text}\" }}",
            };
        foreach (var need in Overruled(actual))
            yield return need;
    }

    /// <summary>A parameter that our options set and that a file which is read after ours sets to another value.</summary>
    IEnumerable<Need> Overruled(State actual)
    {
        var wanted = Parameters(Options ?? "").ToDictionary(one => one.Name, one => one.Text);
        foreach (var line in actual.AllOptions.Where(line => line.File != OptionsFile && DropIns.IsAfter(line.File, OptionsFile)))
        {
            if (!Parameters(Plainly(Words(line.Text)[2])).Any(one => wanted.TryGetValue(one.Name, out var text) && text != one.Text))
                continue;

            // A file of the distribution is not edited; a file with the same name in /etc takes its place (modprobe.d(5)).
            var own = $"{Settings.Own}/{line.File[(line.File.LastIndexOf('/') + 1)..]}";
            yield return own == line.File
                ? new(Aspect.Path(line.Real), $"{line.File} says {line.Text}, and is read after {OptionsFile}")
                {
                    Hint = $"take the line out first: new NoLine(\"{line.Real}\") {{ Text = \"{line.Text}\" }}",
                }
                : new(Aspect.Path(own), $"{line.File} says {line.Text}, and is read after {OptionsFile}")
                {
                    Hint = $"put a file without that line in its place: new File(\"{own}\") {{ Content = … }}",
                };
        }
    }

    static IEnumerable<(string Name, string Text)> Parameters(string options) =>
        options
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (Plain(text.Split('=')[0]), text))
            .Reverse()
            .DistinctBy(one => one.Item1);

    /// <summary>
    /// A text as modprobe(8) reads it: a backslash before a line end joins the next line; before any other character it only
    /// escapes that character.
    /// </summary>
    static string Plainly(string text) => Backslash().Replace(text, escaped => escaped.Value is "\\\n" ? "" : escaped.Value[1..]);

    static string[] Words(string line) => line.Trim().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Changes(s => s.Options) && diff.Actual?.Loaded is true
            ? [$"{Name} is loaded, and keeps its old options until it is loaded again"]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Options) || diff.Changes(s => s.Blacklisted))
        {
            var options = diff.Desired.Options ?? diff.Actual?.Options;
            var blacklisted = Blacklisted ?? diff.Actual?.Blacklisted;
            var content =
                (options is { Length: > 0 } ? $"options {Key} {options.Replace("\\", @"\\", StringComparison.Ordinal)}\n" : "")
                + (blacklisted is true ? $"blacklist {Key}\n" : "");
            yield return content.Length > 0 ? FileWrite.Whole(OptionsFile, content) : Run($"rm -f -- {OptionsFile}");
        }

        if (diff.Changes(s => s.Loaded))
            yield return Loaded is true ? Run($"modprobe -- {Key}") : Run($"modprobe -r -- {Key}");
        if (diff.Changes(s => s.AtBoot))
            yield return AtBoot is true ? FileWrite.Whole(LoadFile, $"{Key}\n") : Run($"rm -f -- {LoadFile}");
    }

    static string Plain(string name) => name.Replace('-', '_');

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Backslash();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,54}\\z")]
    private static partial Regex Valid();
}
