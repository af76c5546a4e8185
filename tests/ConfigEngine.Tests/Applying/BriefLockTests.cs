using System.Diagnostics;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests.Applying;

/// <summary>
/// A run that has just ended, or just begins, has the lock of a host for a moment without a note of who has it. That moment is waited for.
/// </summary>
public sealed class BriefLockTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-brief-");

    public void Dispose() => directory.Delete(recursive: true);

    [ToolFact("flock")]
    public async Task A_lock_that_nobody_has_signed_is_waited_for()
    {
        using var holder = Hold("sleep 3");

        var report = await Apply();

        Assert.Null(report.Error);
        Assert.True(holder.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [ToolFact("flock")]
    public async Task One_that_stays_is_told()
    {
        using var holder = Hold("sleep 120");
        try
        {
            Assert.Contains("another run is changing it: somebody", (await Apply()).Error?.Message, StringComparison.Ordinal);
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
        }
    }

    Task<HostReport> Apply() =>
        EachApart.Apply(directory.FullName, [new File(Path.Combine(directory.FullName, "file")) { Content = "there\n" }]);

    Process Hold(string script)
    {
        var place = System.IO.Directory.CreateDirectory(Path.Combine(directory.FullName, "box-records", "run")).FullName;
        ProcessStartInfo start = new("flock", [Path.Combine(place, "lock"), "sh", "-c", $"echo held; {script}"])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("flock did not start");
        Assert.Equal("held", process.StandardOutput.ReadLine());
        return process;
    }
}
