namespace ConfigEngine.Ssh;

/// <summary>What a shell that becomes another user prints before it reads.</summary>
enum BecomePrompt
{
    /// <summary>Nothing: it needs no password, and input that is sent early waits for it.</summary>
    None,

    /// <summary>A message that it is ready.</summary>
    Announced,

    /// <summary>sudo's question for a password, if sudo asks, and a message that the shell is ready.</summary>
    Password,
}
