namespace ConfigEngine.Tests.Cli;

/// <summary>A recording of a host on which nothing is there.</summary>
static class RecordedHost
{
    /// <summary>The file.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="paths">The paths that it was asked for; a directory's ends with a slash.</param>
    public static string Json(string host, params IEnumerable<string> paths) =>
        $$"""
            { "format": "cfg-recording 1", "recorded": "2026-11-27", "pinned": "a host for this test",
              "facts": {
                "os-release": ["ID=debian", "VERSION_ID=12", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""],
                "mounts": ["22 1 0:1 / / rw - ext4 /dev/sda rw"],
                "meminfo": ["MemTotal: 1024 kB"],
                "system": ["uname=Linux 6.1.0 x86_64", "hostname={{host}}", "uptime=1.0 1.0", "cpus=2", "uid=0"] },
              "answers": [
                {{string.Concat(paths.Select(path => Absent(path) + ",\n"))}}
                { "of": "earlier runs", "asked": "earlier runs", "said": [] }] }
            """;

    static string Absent(string path) =>
        $$"""
            { "of": "path", "asked": "cfg_path {{path.TrimEnd('/')}} - 1048576 '' ''",
              "said": ["absent|{{(path.EndsWith('/') ? "directory" : "absent")}}", "missing"] }
            """;
}
