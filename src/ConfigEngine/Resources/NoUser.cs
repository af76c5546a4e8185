namespace ConfigEngine.Resources;

/// <summary>A user that does not exist (userdel(8)). A user with running processes is not removed; no process is killed.</summary>
/// <theme>users</theme>
/// <example><code>new NoUser("mallory") { RemoveHome = true }</code></example>
/// <param name="Name">The login name.</param>
public sealed record NoUser(string Name) : Resource<NoUser.State>
{
    /// <summary>
    /// Whether the home directory and the mail are removed too, unless something is mounted there or below; they stay when null.
    /// </summary>
    public bool? RemoveHome { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsUser(Name) ? (string[])[] : [$"\"{Name}\" is not a valid name for a user"],
            .. Name is "root" ? (string[])["root is part of the system and is never removed"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoUser(Name)];

    /// <inheritdoc/>
    internal override IEnumerable<Login> Logins => [Login.Account, Login.KeysOf(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.User(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.User(Name), Aspect.Group("*"), Aspect.Under($"/home/{Name}")];

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether the user exists.</param>
    /// <param name="Home">The home directory, if the user exists.</param>
    public sealed record State(bool? Exists, string? Home)
    {
        internal string? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(false, null);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(RemoveHome is true ? $"{Snippet}cfg_busy {Name}\ncfg_home_mounts {Name}" : (Shell)$"{Snippet}cfg_busy {Name}", Parse)
        {
            // Processes start and end, so the user's processes may be other ones at the next probe.
            Expecting = state => (Snippet, state is null ? null : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = ["userdel", "getent"],
            Needs = output =>
                [
                    .. AccountAnswer.Busy(output),
                    .. output
                        .Lines.Where(line => line.StartsWith("holds=", StringComparison.Ordinal))
                        .Select(line => PathProbe.Holds(Parse(output).Home ?? "", line["holds=".Length..])),
                ],
        };

    Shell Snippet => $"cfg_user {Name} '' ''\n";

    static State Parse(Output output) =>
        output.Lines switch
        {
            [_, "absent", ..] => new(false, null) { Answer = "missing\nabsent\n" },
            [_, var passwd, ..] when passwd.Split(':') is [_, _, _, _, _, var home, _] => new(true, home)
            {
                Answer = string.Concat(output.Lines.Take(4).Select(line => line + "\n")),
            },
            _ => throw new UnexpectedOutputException($"expected an entry of passwd(5), got \"{Text.Excerpt(output.Text)}\""),
        };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        RemoveHome is not true && diff.Actual?.Home is { } home ? [$"does not remove {home}"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        RemoveHome is true && diff.Actual?.Home is { } home
            ? [new(EffectKind.Removes, home) { Detail = "with all that is in it", IsNamed = true }]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        yield return RemoveHome is true
            ? Run($"cfg_userdel {Name} {diff.Actual?.Home ?? "/"}") with
            {
                Title = $"$ userdel -r -- {Shell.Quote(Name)}",
            }
            : Run($"userdel -- {Name}");
    }
}
