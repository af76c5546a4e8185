namespace ConfigEngine.Resources;

/// <summary>
/// No answer to a question of a package of Debian: neither one that was given before the package was installed, nor one that the package
/// keeps, such as a password in debconf's database. The question has its default again, and the package asks it when it is configured the
/// next time. What the package made from the answer stays. There is nothing to do on a host without debconf.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new NoDebconf("slapd", "slapd/password1")</code></example>
/// <param name="Package">The package that asks.</param>
/// <param name="Question">The question, as <c>debconf-show PACKAGE</c> has it.</param>
public sealed record NoDebconf(string Package, string Question) : Resource<NoDebconf.State>
{
    /// <inheritdoc/>
    public override string Key => Debconf.KeyOf(Package, Question);

    /// <summary>What a plan compares.</summary>
    /// <param name="Answered">Whether there is an answer that is not the default, or that counts as given by somebody.</param>
    public sealed record State(bool? Answered);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => Debconf.NameProblems(Package, Question);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Debconf.NoAnswer(Question)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => Debconf.ReadsOf(Kind, Key);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key)];

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <summary>The answer itself may be secret, so the host does not tell it.</summary>
    protected override Probe<State> Probe => new($"cfg_debconf_answered {Question}", Parse);

    static State? Parse(Output output) =>
        output.Properties["answered"] switch
        {
            "yes" => new(true),
            "no" => null,
            var other => throw new UnexpectedOutputException($"expected whether there is an answer, got \"{Text.Excerpt(other)}\""),
        };

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            new($"cfg_debconf_reset {Package} {Question}")
            {
                TellsFirstWrite = true,
                Deadline = TimeSpan.FromMinutes(12),
                Title = $"$ debconf-communicate {Shell.Quote(Package)}: RESET {Question}",
            },
        ];
}
