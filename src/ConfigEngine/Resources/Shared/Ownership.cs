namespace ConfigEngine.Resources;

/// <summary>The owner and group that a path should have. A null part stays as it is.</summary>
readonly record struct Ownership(string? Owner, string? Group)
{
    /// <summary>Both stay as they are.</summary>
    public static Ownership Kept => default;

    public bool IsKept => this == Kept;

    /// <summary>As chown(1) takes it: <c>OWNER:GROUP</c>, <c>OWNER</c>, <c>:GROUP</c>; empty where both stay.</summary>
    public override string ToString() => Owner + (Group is null ? "" : ":" + Group);
}
