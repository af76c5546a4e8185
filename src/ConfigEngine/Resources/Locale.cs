using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A locale that the system has: it stands in /etc/locale.gen and is made by locale-gen(8), which the package <c>locales</c> of Debian
/// has. Other locales stay as they are.
/// </summary>
/// <example><code>new Locale("de_DE.UTF-8") { IsDefault = true }</code></example>
/// <param name="Name">Its name as /usr/share/i18n/SUPPORTED has it, such as <c>de_DE.UTF-8</c> or <c>de_DE@euro</c>.</param>
public sealed partial record Locale(string Name) : Resource<Locale.State>
{
    /// <summary>
    /// It is what programs use that are told nothing else: LANG in /etc/default/locale or /etc/locale.conf (locale.conf(5)). The default
    /// is left as it is unless this is said; a host has one.
    /// </summary>
    public bool IsDefault { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    /// <summary>What a plan compares.</summary>
    /// <param name="Available">Whether programs can use it.</param>
    /// <param name="Listed">Whether it stands in /etc/locale.gen, and so is made again with each new version.</param>
    /// <param name="Default">The locale of programs that are told nothing else.</param>
    public sealed record State(bool? Available, bool? Listed, string? Default)
    {
        internal string? Charset { get; init; }

        internal bool IsBuiltIn { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Valid().IsMatch(Name) ? [] : [$"\"{Text.Excerpt(Name)}\" cannot be a locale; it is written like de_DE.UTF-8, en_US or de_DE@euro"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        IsDefault ? [new(new("default locale", "of the host"), Name, $"the default locale is {Name}")] : [];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [List, Aspect.Path("/usr/share/i18n/SUPPORTED"), Aspect.Tool("locale-gen"), .. Defaults];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [List, new(Kind, Name), .. Defaults];

    /// <summary>Its own line: others have theirs.</summary>
    Aspect List => Aspect.Path("/etc/locale.gen") with { Part = Name };

    IEnumerable<Aspect> Defaults => IsDefault ? [Aspect.Path("/etc/default/locale"), Aspect.Path("/etc/locale.conf")] : [];

    /// <inheritdoc/>
    protected override State Desired => new(true, true, IsDefault ? Name : null);

    /// <inheritdoc/>
    protected override State Towards(State? actual) => actual is { IsBuiltIn: true } ? Desired with { Listed = null } : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_locale {Name} {(IsDefault ? "default" : "")}", Parse) { Tools = ["locale"], Needs = Needs };

    State Parse(Output output)
    {
        var said = output.Properties;
        var (available, listed) = (Yes(said["available"]), Yes(said["listed"]));
        return new(available, listed, said.Find("default") ?? "")
        {
            Charset = said.Find("charset"),

            // C.UTF-8, and all of them where the package locales-all is.
            IsBuiltIn = available && !listed && (Name.StartsWith('C') || said.Find("generator") is null),
        };
    }

    static bool Yes(string word) =>
        word switch
        {
            "yes" => true,
            "no" => false,
            _ => throw new UnexpectedOutputException($"expected yes or no, got \"{Text.Excerpt(word)}\""),
        };

    IEnumerable<Need> Needs(Output output)
    {
        var said = output.Properties;
        var actual = Parse(output);
        if (IsDefault && actual.Default != Name && said.Find("setter") is null)
            yield return new(Aspect.Tool("update-locale"), "the host has neither update-locale nor localectl") { Hint = Package };
        if (actual.IsBuiltIn || (actual.Available is true && actual.Listed is true))
            yield break;
        if (said.Find("generator") is null)
            yield return new(Aspect.Tool("locale-gen"), "the host has no locale-gen") { Hint = Package };
        else if (said.Find("known") is { } known)
            yield return new(Aspect.Path("/usr/share/i18n/SUPPORTED"), $"the host can make no locale {Name}")
            {
                Hint = Nearest(known.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { } near
                    ? $"did you mean {near}? /usr/share/i18n/SUPPORTED has all of them"
                    : "/usr/share/i18n/SUPPORTED has those that it can",
            };
    }

    const string Package = "declare new Package(\"locales\") before this line";

    /// <summary>The name that has most in common with this one, at its beginning and its end.</summary>
    string? Nearest(IReadOnlyList<string> known)
    {
        var own = Letters(Name);
        return known
            .OrderByDescending(name => Common(own, Letters(name)) + Common([.. own.Reverse()], [.. Letters(name).Reverse()]))
            .ThenBy(name => Math.Abs(name.Length - Name.Length))
            .FirstOrDefault();
    }

    static char[] Letters(string name) => [.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)];

    static int Common(char[] one, char[] other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual is { Available: true } ? Verb.Update : Verb.Create;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Changes(s => s.Default) ? ["what runs already keeps the old default until it is started again, or logs in again"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Listed))
            yield return new($"cfg_list_locale {Name} {diff.Actual?.Charset ?? "UTF-8"}")
            {
                TellsFirstWrite = true,
                Title = $"add {Name} {diff.Actual?.Charset ?? "UTF-8"} to /etc/locale.gen",
            };
        if (diff.Changes(s => s.Available))
            yield return new($"cfg_make_locale {Name}") { TellsFirstWrite = true, Title = "$ locale-gen --keep-existing" };
        if (diff.Changes(s => s.Default))
            yield return new($"cfg_default_locale {Name}") { TellsFirstWrite = true, Title = $"$ update-locale LANG={Name}" };
    }

    [GeneratedRegex(@"^(C|[a-z]{2,3}(_[A-Z]{2})?)(\.[A-Za-z0-9-]{1,20})?(@[a-z]{1,20})?\z")]
    private static partial Regex Valid();
}
