namespace ConfigEngine.Tests.Cli;

/// <summary>A recording that is made up: of a small Debian on which nothing is there.</summary>
static class RecordedHost
{
    /// <summary>The file.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="answers">What it said: <see cref="Absent"/> and <see cref="Answer"/>.</param>
    public static string Json(string host, params IEnumerable<string> answers) =>
        $$"""
            { "format": "cfg-recording 1", "recorded": "2026-11-27", "pinned": "a host for this test",
              "facts": {
                "os-release": ["ID=debian", "VERSION_ID=12", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""],
                "mounts": ["22 1 0:1 / / rw - ext4 /dev/sda rw"],
                "meminfo": ["MemTotal: 1024 kB"],
                "system": ["uname=Linux 6.1.0 x86_64", "hostname={{host}}", "uptime=1.0 1.0", "cpus=2", "uid=0"] },
              "answers": [
                {{string.Join(",\n    ", answers.Prepend(Answer("earlier runs", "earlier runs")))}}] }
            """;

    /// <summary>A path is not there.</summary>
    /// <param name="path">The path; a directory above it is not there either where it does not end with a slash.</param>
    public static string Absent(string path) => Path(path.TrimEnd('/'), path.EndsWith('/') ? "absent|directory" : "absent|absent");

    /// <summary>What was said of a path that is no file.</summary>
    public static string Path(string path, string said) => Answer($"path {path}", $"cfg_path {path} - 1048576 '' ''", said, "missing");

    /// <summary>An answer.</summary>
    public static string Answer(string of, string asked, params IEnumerable<string> said) =>
        $$"""{ "of": "{{of}}", "asked": "{{asked}}", "said": [{{string.Join(", ", said.Select(line => $"\"{line}\""))}}] }""";
}
