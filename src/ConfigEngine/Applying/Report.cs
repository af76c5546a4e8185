namespace ConfigEngine.Applying;

/// <summary>The results of an apply.</summary>
/// <param name="Hosts">Each host, in order of the plan.</param>
public sealed record Report(IReadOnlyList<HostReport> Hosts)
{
    /// <summary>Whether everything on every host was done.</summary>
    public bool Succeeded => Hosts.All(host => host.Succeeded);
}

/// <summary>The results of an apply on one host.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Changes">The result of each change and each handler, in order of the plan.</param>
/// <param name="Errors">Why it stopped, the first reason first; empty when nothing failed.</param>
public sealed record HostReport(string Host, IReadOnlyList<ChangeReport> Changes, IReadOnlyList<CfgException> Errors)
{
    /// <summary>Why it stopped; null when nothing failed.</summary>
    public CfgException? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Whether it stopped because other hosts failed, without an error of its own.</summary>
    public bool IsNotStarted => Errors is [NotStartedException];

    /// <summary>Whether everything was done.</summary>
    public bool Succeeded => Errors.Count == 0 && Changes.All(change => change.State is ChangeState.Done);

    /// <summary>Whether it is certain that this run changed nothing on the host.</summary>
    public bool IsUntouched => Changes.All(change => change.IsUntouched);

    /// <summary>The changes that were made and verified.</summary>
    public IReadOnlyList<Change> Done =>
        [.. Changes.Where(change => change.State is ChangeState.Done).Select(change => change.Change).OfType<Change>()];

    /// <summary>The handlers that ran.</summary>
    public IReadOnlyList<string> HandlersDone =>
        [.. Changes.Where(change => change is { State: ChangeState.Done, IsHandler: true }).Select(change => change.Address)];

    /// <summary>The addresses of the changes and handlers in a state.</summary>
    public IReadOnlyList<string> In(ChangeState state) =>
        [.. Changes.Where(change => change.State == state).Select(change => change.Address)];
}
