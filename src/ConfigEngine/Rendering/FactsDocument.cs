namespace ConfigEngine.Rendering;

/// <summary>One host's facts as JSON; <c>cfg facts --json</c> prints a list of these.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Facts">The host's facts; null if they could not be read.</param>
/// <param name="Error">Why they could not be read.</param>
sealed record FactsDocument(string Host, Facts? Facts, string? Error);

/// <summary>One host of the inventory as JSON; <c>cfg hosts --json</c> prints a list of these.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Groups">The groups that it is in.</param>
/// <param name="Vars">Its variables, with those of its groups, as text.</param>
/// <param name="Become">The user that sessions become.</param>
/// <param name="Ssh">What ssh would do; null if ssh was not asked.</param>
/// <param name="Command">The command that opens the session, if that is not ssh.</param>
/// <param name="Error">ssh's error.</param>
sealed record InventoryDocument(
    string Name,
    IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, string> Vars,
    string? Become,
    SshDocument? Ssh,
    IReadOnlyList<string>? Command,
    string? Error
);

/// <summary>What ssh would do for a host (<c>ssh -G</c>).</summary>
/// <param name="HostName">The name or address that it connects to.</param>
/// <param name="User">The user.</param>
/// <param name="Port">The port.</param>
/// <param name="ProxyJump">The jump hosts.</param>
/// <param name="ProxyCommand">The command that makes the connection.</param>
/// <param name="IdentityFiles">The key files, besides the keys of an agent.</param>
sealed record SshDocument(
    string HostName,
    string User,
    int Port,
    string? ProxyJump,
    string? ProxyCommand,
    IReadOnlyList<string> IdentityFiles
);
