namespace ConfigEngine.Lab;

/// <summary>
/// A test that needs the lab. Where the lab cannot run it is skipped, with the reason; in CI (<c>CI=true</c>) it fails instead,
/// because the fixture then throws.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute() => Skip = Lab.SkipReason;
}

/// <summary>The same as <see cref="LabFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute() => Skip = Lab.SkipReason;
}
