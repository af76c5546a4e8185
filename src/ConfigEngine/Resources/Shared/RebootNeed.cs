namespace ConfigEngine.Resources;

/// <summary>
/// The reasons why a host needs a reboot, as a probe: the reasons from the facts, and replaced libraries of the first process.
/// </summary>
static class RebootNeed
{
    /// <summary>The question.</summary>
    public static string Script { get; } = HostShell.Script.OfProbe("reboot-need").TrimEnd('\n');

    /// <summary>Reads the answer: a sentence for each reason.</summary>
    public static IReadOnlyList<string> Read(Output output)
    {
        var said = output.Lines.Select(Pair).ToLookup(pair => pair.Name, pair => pair.Value);
        var packages = said["package"].Distinct().ToList();
        var running = said["running"].FirstOrDefault() ?? "";
        var libraries = said["library"].Distinct().ToList();
        return
        [
            .. said["flag"].Select(flag => packages.Count == 0 ? $"{flag} exists" : $"{flag} exists: {string.Join(", ", packages)}"),
            .. KernelRelease.Newest(said["kernel"], running) is { } newest
                ? [$"kernel {newest} is installed, {running} is running"]
                : (string[])[],
            .. said["replaced"].Select(_ => $"the package of kernel {running} was replaced since the boot"),
            .. said["updated"].Distinct().ToList() is { Count: > 0 } updated
                ? [$"packages that need a boot were replaced since the last one: {string.Join(", ", updated)}"]
                : (string[])[],
            .. libraries.Count == 0
                ? (string[])[]
                : [$"the first process runs with libraries that were replaced: {string.Join(", ", libraries)}"],
        ];
    }

    static (string Name, string Value) Pair(string line) =>
        NameValue.Read(line, "flag", "package", "library", "running", "kernel", "replaced", "updated");
}
