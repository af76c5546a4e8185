namespace ConfigEngine.Resources;

/// <summary>The old name of <see cref="NoPath"/>. It does the same, and is removed in the next release.</summary>
/// <param name="Path">An absolute path.</param>
[Obsolete("Absent is called NoPath now")]
public sealed record Absent(string Path) : NoPath(Path)
{
    internal override string KindName => nameof(NoPath);
}
