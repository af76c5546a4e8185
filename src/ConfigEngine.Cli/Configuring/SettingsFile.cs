using System.Text.Json;

namespace ConfigEngine.Cli.Configuring;

/// <summary><c>cfg.json</c> beside the inventory: a JSON object of settings.</summary>
static class SettingsFile
{
    const string Name = "cfg.json";

    /// <summary>The file's path; null where there is none.</summary>
    public static string? PathFor(string? recipe)
    {
        var here = Directory.GetCurrentDirectory();
        var start = recipe is null ? here : Path.GetDirectoryName(Path.GetFullPath(recipe)) ?? here;
        var directory = start;
        while (directory is not null && !File.Exists(Path.Combine(directory, "infra.csx")))
            directory = Path.GetDirectoryName(directory);
        var path = Path.Combine(directory ?? start, Name);
        return !File.Exists(path) ? null
            : path.StartsWith($"{here}/", StringComparison.Ordinal) ? path[(here.Length + 1)..]
            : path;
    }

    /// <summary>Its values, in the form of the command line.</summary>
    public static Dictionary<string, string> Read(string path, IReadOnlyList<string> trusted)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(
                Named.Find(path, trusted).Read(),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                throw new UsageException($"{path}: it must be an object of settings, as {{ \"parallel\": 50 }}");
            foreach (var property in document.RootElement.EnumerateObject())
                values[Known(property.Name, path)] = Text(property, path);
            return values;
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}({error.LineNumber + 1},{error.BytePositionInLine + 1}): this is not JSON");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {error.Message}");
        }
    }

    static string Known(string name, string path)
    {
        var names = Setting.All.Select(setting => setting.Name).ToList();
        if (names.Contains(name))
            return name;
        throw new UsageException(
            $"{path}: there is no setting \"{name}\"\n  hint: "
                + (Similar.Closest(name, names) is { } close ? $"did you mean {close}?" : $"there are: {string.Join(", ", names)}")
        );
    }

    static string Text(JsonProperty property, string path) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.String => property.Value.GetString() ?? "",
            JsonValueKind.Number => property.Value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw new UsageException($"{path}: {property.Name} must be a text, a number, true or false"),
        };
}
