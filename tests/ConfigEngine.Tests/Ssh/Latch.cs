namespace ConfigEngine.Tests;

/// <summary>A place in a script that waits until the test lets it go on, however slow the machine is.</summary>
sealed class Latch : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), $"cfg-gate-{Guid.NewGuid():N}");

    /// <summary>The command that waits.</summary>
    public string Wait => $"while ! [ -e {path} ]; do sleep 0.05; done";

    public void Open() => File.WriteAllText(path, "");

    public void Dispose() => File.Delete(path);
}
