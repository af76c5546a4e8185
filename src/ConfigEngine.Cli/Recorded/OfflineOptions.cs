using System.Text.Json;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>How a recipe is loaded where nothing but its own files is read: no secret, no command, no host.</summary>
static class OfflineOptions
{
    /// <summary>The options.</summary>
    /// <param name="terminal">Receives what the recipe prints.</param>
    /// <param name="trusted">Directories that are trusted.</param>
    /// <param name="recordings">The directory with recordings; its <c>stand-ins.json</c> has values for secrets.</param>
    public static LoaderOptions Of(Terminal terminal, IReadOnlyList<string> trusted, string recordings)
    {
        var standIns = StandIns(Path.Combine(recordings, RecordingFolder.StandIns));
        return new()
        {
            Trusted = trusted,
            Says = line => terminal.Say(line),
            Secrets = new()
            {
                Redaction = terminal.Redaction,
                StandIn = name => standIns.GetValueOrDefault(name) ?? $"a stand-in for {name}",
                // Digests in plans are then the same on every machine; nobody learns anything from the digest of a stand-in.
                DigestKey = () => new byte[32],
            },
        };
    }

    static Dictionary<string, string> StandIns(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString() ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path} cannot be read: {wrong.Message}\n  hint: it gives each secret a value: {{ \"DB_PASSWORD\": \"for tests\" }}"
            );
        }
    }
}
