namespace ConfigEngine.Model;

/// <summary>A part of what lets people in at a host.</summary>
/// <param name="Parts">What of the host it is made of, as <see cref="Risk.Touched"/> has it.</param>
sealed record Login(IReadOnlyList<string> Parts)
{
    /// <summary>The accounts.</summary>
    public static Login Account { get; } = new(Risk.Accounts);

    /// <summary>The keys of a user.</summary>
    public static Login KeysOf(string user) => new([$"keys={user}"]);
}
