namespace ConfigEngine.Rendering;

/// <summary>One host's facts as JSON: what <c>cfg facts --json</c> prints a list of.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Facts">What it says about itself; null where it could not be asked.</param>
/// <param name="Error">Why not.</param>
sealed record FactsDocument(string Host, Facts? Facts, string? Error);

/// <summary>One host of the inventory as JSON: what <c>cfg hosts --json</c> prints a list of.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Groups">The groups that it is in.</param>
/// <param name="Vars">Its variables, those of its groups included, as text.</param>
/// <param name="Become">The user that sessions become.</param>
/// <param name="Ssh">What ssh would do; null where it is not asked.</param>
/// <param name="Command">The command that makes the session, where that is not ssh.</param>
/// <param name="Error">What ssh had to complain of.</param>
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
/// <param name="HostName">What it connects to.</param>
/// <param name="User">As whom.</param>
/// <param name="Port">On which port.</param>
/// <param name="ProxyJump">Over which jump hosts.</param>
/// <param name="ProxyCommand">By which command.</param>
/// <param name="IdentityFiles">With which keys, besides an agent's.</param>
sealed record SshDocument(
    string HostName,
    string User,
    int Port,
    string? ProxyJump,
    string? ProxyCommand,
    IReadOnlyList<string> IdentityFiles
);
