namespace ConfigEngine.Resources;

/// <summary>No Host section with these patterns in the configuration of ssh(1). Everything else in the file stays.</summary>
/// <theme>ssh</theme>
/// <example><code>new NoSshConfig("old.example.com") { Owner = "deploy" }</code></example>
/// <param name="Host">The name or the patterns of the section. If the file or its owner does not exist, there is nothing to
/// do.</param>
public sealed record NoSshConfig(string Host) : Resource<KeyFile>
{
    /// <summary>The user whose ~/.ssh/config it is; /etc/ssh/ssh_config.d/cfg.conf, which is for all users, when null.</summary>
    public string? Owner { get; init; }

    SshFile File => SshFile.Config(Owner);

    /// <inheritdoc/>
    public override string Key => $"{File.Prefix}{Host}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => File.Problems.Concat(SshConfig.PatternProblems(Host));

    /// <inheritdoc/>
    internal override Authority Authority => File.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [new(new($"section in {File.Name}", Host), "gone", $"{File.Name} has no section for {Host}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => File.Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => File.Writes;

    /// <inheritdoc/>
    protected override KeyFile Desired => SshFile.Nothing;

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => File.Probe with { Needs = _ => [] };

    /// <inheritdoc/>
    protected override KeyFile? Towards(KeyFile? actual) => File.TakeOut(actual, lines => new SshSections(lines).Remove(Host));

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => File.Operations(diff);
}
