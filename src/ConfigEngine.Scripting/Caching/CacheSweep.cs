namespace ConfigEngine.Scripting;

/// <summary>
/// Keeps the cache small: files that were not used for a month are removed, and the oldest ones if it is too large.
/// </summary>
sealed class CacheSweep(string directory, TimeProvider time)
{
    public const string TemporaryExtension = ".tmp";
    const string Marker = "swept";
    const long LargestTotal = 200 << 20;

    static readonly TimeSpan Unused = TimeSpan.FromDays(30);
    static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    public void RunDaily()
    {
        var marker = Path.Combine(directory, Marker);
        if (Age(new FileInfo(marker)) < Daily)
            return;
        System.IO.File.WriteAllBytes(marker, []);
        System.IO.File.SetLastWriteTimeUtc(marker, time.GetUtcNow().UtcDateTime);
        Run();
    }

    void Run()
    {
        var total = 0L;
        foreach (
            var file in new DirectoryInfo(directory)
                .EnumerateFiles()
                .Where(file => file.Name != Marker)
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ToList()
        )
        {
            total += file.Length;
            // A temporary file that is a day old was left by a killed run.
            if (Age(file) > (file.Extension == TemporaryExtension ? Daily : Unused) || total > LargestTotal)
                file.Delete();
        }
    }

    // A file that does not exist is very old; one from the future is new.
    TimeSpan Age(FileInfo file) => time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc;
}
