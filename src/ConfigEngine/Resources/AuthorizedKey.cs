using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A key that allows a login as a user (sshd(8), AUTHORIZED_KEYS FILE FORMAT), in the user's ~/.ssh/authorized_keys. Other keys
/// stay as they are. The directory and the file belong to the user, with modes 0700 and 0600; sshd(8) would ignore them otherwise.
/// </summary>
/// <theme>users</theme>
/// <example>
/// <code>
/// new AuthorizedKey("deploy", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ ann@laptop")
/// {
///     From = ["198.51.100.0/24"],
/// }
/// </code>
/// </example>
/// <param name="User">The user's name.</param>
/// <param name="PublicKey">The key as its .pub file has it: type, base64 and, where you want to keep one, a comment.</param>
public sealed partial record AuthorizedKey(string User, Known<string> PublicKey) : Resource<KeyFile>
{
    /// <summary>
    /// The options as sshd(8) writes them, such as <c>no-pty</c>; <c>[]</c> means none. When this, <see cref="From"/> and <see
    /// cref="Command"/> are all null, existing options are left alone.
    /// </summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Addresses, networks and names from which the key is accepted; see <see cref="Options"/> when null.</summary>
    public IReadOnlyList<string>? From { get; init; }

    /// <summary>The only command that the key may run; see <see cref="Options"/> when null.</summary>
    public string? Command { get; init; }

    ConfigEngine.Resources.PublicKey? Parsed => PublicKey.IsKnown ? ConfigEngine.Resources.PublicKey.Parse(PublicKey.Value) : null;

    /// <inheritdoc/>
    public override string Key => $"{User}: {PublicKey.Source ?? (Parsed is { } key ? $"{key.Type} {key.Blob}" : $"{PublicKey}")}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!Names.IsUser(User))
                yield return $"\"{User}\" is not a valid name for a user";
            if (PublicKey.Value.Any(c => c is '\n' or '\r'))
                yield return "it is several lines; declare one for each key";
            else if (Parsed is not { } key)
                yield return "it is not a public key: write it as its .pub file has it, for example \"ssh-ed25519 AAAA… name\"";
            else if (key.Options.Length > 0)
                yield return "it begins with options; give them as Options, From or Command";
            else if (!key.IsSound)
                yield return $"it is not a whole {key.Type} key: its base64 does not say so";
            foreach (
                var option in ((string?[])[.. Options ?? [], .. From ?? [], Command])
                    .OfType<string>()
                    .Where(option => option.Length == 0 || option.Any(char.IsControl))
            )
                yield return $"the option \"{Text.Excerpt(option)}\" is empty or has a line end in it";
            foreach (var option in (Options ?? []).Where(option => !Option().IsMatch(option)))
                yield return $"\"{Text.Excerpt(option)}\" is not one option as sshd(8) writes it: "
                    + "name or name=\"value\", with a backslash before a double quote in the value";
            foreach (var pattern in (From ?? []).Where(pattern => pattern.Any(c => c is '"' or ',' or ' ' or '\\')))
                yield return $"\"{Text.Excerpt(pattern)}\" is not one address or name";
            if (Command is [.., '\\'])
                yield return "its Command ends with a backslash, which would take the quote after it into the command";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Of(User);

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [Claim.User(User), new(new($"keys of {User}", Parsed?.Blob ?? $"{PublicKey}"), "there", $"the key lets {User} in")];

    /// <inheritdoc/>
    internal override IEnumerable<Login> Logins => [Login.KeysOf(User)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.User(User), .. Writes];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path($"{KeyFile.ConventionalHome(User)}/.ssh"), Aspect.Path($"{KeyFile.ConventionalHome(User)}/.ssh/authorized_keys")];

    /// <inheritdoc/>
    protected override KeyFile Desired => new(null, User, "0600", User, "0700");

    /// <inheritdoc/>
    protected override KeyFile Towards(KeyFile? actual)
    {
        var wanted = Parsed ?? throw new InvalidOperationException($"{Address} was not checked.");
        return Desired with { Content = KeyFile.Edit(actual, User, lines => Edit(lines, wanted)) };
    }

    void Edit(TextLines lines, ConfigEngine.Resources.PublicKey wanted)
    {
        bool Same(string line) => ConfigEngine.Resources.PublicKey.Parse(line) is { } key && key.Is(wanted);
        var first = lines.FindIndex(Same);
        if (first < 0 || ConfigEngine.Resources.PublicKey.Parse(lines[first]) is not { } there)
        {
            lines.Add((wanted with { Options = WantedOptions ?? "" }).Line);
            return;
        }

        var line = there with
        {
            Options = WantedOptions ?? there.Options,
            Comment = wanted.Comment.Length > 0 ? wanted.Comment : there.Comment,
        };
        if (line != there)
            lines[first] = line.Line;

        // A second line with the same key would accept it with other options.
        for (var i = lines.Count - 1; i > first; i--)
        {
            if (Same(lines[i]))
                lines.RemoveAt(i);
        }
    }

    string? WantedOptions =>
        Options is null && From is null && Command is null
            ? null
            : string.Join(
                ',',
                [
                    .. From is null ? (string[])[] : [$"from=\"{string.Join(',', From)}\""],
                    .. Command is null ? (string[])[] : [$"command=\"{Command.Replace("\"", "\\\"", StringComparison.Ordinal)}\""],
                    .. Options ?? [],
                ]
            );

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => KeyFile.Probe(User);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<KeyFile> diff) =>
        diff.Actual is { IsInOpenHome: true }
            ?
            [
                $"sshd(8) takes no key of {User} as long as others can write the home, or it is somebody else's (StrictModes): "
                    + "declare it as a Directory",
            ]
            : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) =>
        Parsed is { } wanted && KeyFile.Has(diff.Actual, User, wanted) ? Verb.Update : Verb.Create;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => KeyFile.Operations(User, diff);

    [GeneratedRegex("^[A-Za-z0-9-]+(=\"(?>(\\\\\"|[^\"])*)\")?\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Option();
}
