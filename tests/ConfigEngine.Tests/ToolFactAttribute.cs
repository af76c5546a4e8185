namespace ConfigEngine.Tests;

/// <summary>
/// A test that needs programs that not every machine has. Without one it is skipped, with the reason; in CI (<c>CI=true</c>) it
/// runs, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        // Where root's tools are, too: others have them without that in their path.
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]).ToList();
        var missing = tools.Where(tool => !directories.Exists(directory => System.IO.File.Exists(Path.Combine(directory, tool)))).ToList();
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("CI") is not "true")
            Skip = $"there is no {string.Join(" and no ", missing)} here; tests/ConfigEngine.Lab/setup.sh installs what tests need";
    }
}
