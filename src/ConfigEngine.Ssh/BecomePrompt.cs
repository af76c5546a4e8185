namespace ConfigEngine.Ssh;

/// <summary>What a shell that becomes another user says before it reads.</summary>
enum BecomePrompt
{
    /// <summary>Nothing: it needs no password, and what it is sent before it is there waits for it.</summary>
    None,

    /// <summary>That it is there.</summary>
    Announced,

    /// <summary>That sudo asks for a password, if it does, and that it is there.</summary>
    Password,
}
