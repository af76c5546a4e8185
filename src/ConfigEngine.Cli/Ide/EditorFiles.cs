using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigEngine.Local;

namespace ConfigEngine.Cli.Ide;

/// <summary>The files that make an editor know recipes. They are beside this file, in their final form.</summary>
static class EditorFiles
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes what is missing in a directory, and says of each file what became of it. Nothing that is there already is lost: settings
    /// and lines are added to it, or it is left as it is.
    /// </summary>
    public static IEnumerable<string> Write(string directory)
    {
        foreach (var (name, text) in EmbeddedText.In("ide/"))
        {
            var path = directory is "." ? name : Path.Combine(directory, name);
            yield return $"{path}{WriteOne(path, text)}";
        }
    }

    static string WriteOne(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            // It does not follow a link that was put there meanwhile.
            using StreamWriter file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
            file.Write(text);
            return "";
        }

        if (FileStatus.Of(path) is not { Kind: FileKind.Regular })
            return ": left as it is, because it is not a regular file";
        var before = File.ReadAllText(path);
        if (before == text)
            return ": is there already";
        var merged =
            Path.GetFileName(path) is ".gitignore" or ".gitattributes" ? WithLines(before, text)
            : Path.GetDirectoryName(path)?.EndsWith("cfg-recipes", StringComparison.Ordinal) is not true
            && path.EndsWith(".json", StringComparison.Ordinal)
                ? WithSettings(before, text)
            : null;
        if (merged is null)
            return ": left as it is, because it is another one; remove it, and cfg ide writes its own";
        if (merged == before)
            return ": is there already";
        var draft = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(draft, merged);
        File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
        File.Move(draft, path, overwrite: true);
        return ": has what was missing now";
    }

    static string WithLines(string before, string text)
    {
        var there = before.ReplaceLineEndings("\n").Split('\n').ToHashSet(StringComparer.Ordinal);
        var missing = text.Split('\n').Where(line => line.Length > 0 && !there.Contains(line)).ToList();
        return missing.Count == 0
            ? before
            : before + (before.Length == 0 || before.EndsWith('\n') ? "" : "\n") + string.Concat(missing.Select(line => $"{line}\n"));
    }

    /// <summary>A JSON file with the settings that it lacks; null if it has comments, which would be lost.</summary>
    static string? WithSettings(string before, string text)
    {
        try
        {
            if (JsonNode.Parse(before) is not JsonObject there || JsonNode.Parse(text) is not JsonObject ours)
                return null;
            return Add(there, ours) ? there.ToJsonString(Indented) + "\n" : before;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool Add(JsonObject there, JsonObject ours)
    {
        var changed = false;
        foreach (var (name, value) in ours)
        {
            switch (there[name], value)
            {
                case (null, _):
                    there[name] = value?.DeepClone();
                    changed = true;
                    break;
                case (JsonObject inner, JsonObject own):
                    changed |= Add(inner, own);
                    break;
                case (JsonArray list, JsonArray own):
                    foreach (var item in own.Where(item => !list.Any(each => IsSame(each, item))))
                    {
                        list.Add(item?.DeepClone());
                        changed = true;
                    }

                    break;
            }
        }

        return changed;
    }

    /// <summary>Whether two parts of a list are the same: a task of that name may have been changed.</summary>
    static bool IsSame(JsonNode? one, JsonNode? other) =>
        JsonNode.DeepEquals(one, other)
        || (
            one is JsonObject first
            && other is JsonObject second
            && first["label"] is { } label
            && JsonNode.DeepEquals(label, second["label"])
        );
}
