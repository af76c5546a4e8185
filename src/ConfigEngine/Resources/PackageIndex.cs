namespace ConfigEngine.Resources;

/// <summary>The package manager's list of what can be installed: fetched again when it is older than wanted.</summary>
/// <example><code>new PackageIndex { MaxAge = TimeSpan.FromDays(1) }</code></example>
public sealed record PackageIndex : Resource<PackageIndex.State>
{
    /// <summary>What of a host the index is, for resources that depend on it.</summary>
    internal const string Aspect = "package-index";

    /// <summary>How old it may be; a day unless said otherwise.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string Key => "apt";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => MaxAge > TimeSpan.Zero ? [] : ["MaxAge must be longer than nothing, or the index would be fetched at every apply"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [new(Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Aspect, "*")];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fresh">Whether it is young enough.</param>
    public sealed record State(bool? Fresh);

    /// <inheritdoc/>
    protected override State Desired => new(true);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new(
        $"""
        cfg_fresh=false
        for cfg_file in /var/lib/apt/lists/*_Packages* /var/lib/apt/lists/*_InRelease; do
          [ -e "$cfg_file" ] || continue
          cfg_stamp=$(stat -c %Y /var/lib/apt/lists)
          [ -e /var/lib/apt/periodic/update-success-stamp ] && cfg_other=$(stat -c %Y /var/lib/apt/periodic/update-success-stamp) && [ "$cfg_other" -gt "$cfg_stamp" ] && cfg_stamp=$cfg_other
          [ $(($(date +%s) - cfg_stamp)) -gt {(long)MaxAge.TotalSeconds} ] || cfg_fresh=true
          break
        done
        echo "fresh=$cfg_fresh"
        """,
        output => new(output.Properties["fresh"] switch
        {
            "true" => true,
            "false" => false,
            var other => throw new UnexpectedOutputException($"expected true or false, got \"{other}\""),
        }))
    {
        Tools = ["apt-get"],
    };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        // Older ones of apt exit with 0 where a file could not be fetched (apt-get(8)), so its words count as well.
        yield return new($$"""
            {{Apt.WaitForLocks}}
            cfg_said=$(apt-get -q update -o APT::Update::Error-Mode=any -o Acquire::Retries=1 2>&1) || { printf '%s\n' "$cfg_said" >&2; exit 1; }
            if printf '%s\n' "$cfg_said" | grep -e '^E: ' -e '^W: Failed' >&2; then exit 1; fi
            touch /var/lib/apt/lists
            """)
        {
            Title = "$ apt-get update",
            Deadline = TimeSpan.FromMinutes(16),
        };
    }
}
