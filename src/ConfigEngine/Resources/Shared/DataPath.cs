using System.Globalization;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>A step of a path: a name in a map, or the number of an entry of a list, from 0 on.</summary>
/// <param name="Name">The name; null for an entry of a list.</param>
/// <param name="Index">The number of the entry.</param>
readonly record struct DataStep(string? Name, int Index);

/// <summary>
/// Where a value is in a file of structured data: <c>server.tls.port</c>, <c>servers[0].name</c>, and in quotes what has a dot, a bracket
/// or a space in it: <c>plugins."io.containerd.grpc.v1.cri".sandbox_image</c>.
/// </summary>
sealed class DataPath
{
    DataPath(IReadOnlyList<DataStep> steps) => Steps = steps;

    /// <summary>The steps from the outside to the value.</summary>
    public IReadOnlyList<DataStep> Steps { get; }

    /// <summary>Whether it is for an entry of a list, and not for a name.</summary>
    public bool IsEntry => Steps[^1].Name is null;

    /// <summary>Reads a path.</summary>
    /// <returns>The path, or what is wrong with it.</returns>
    public static (DataPath? Path, string? Problem) Read(string text)
    {
        List<DataStep> steps = [];
        for (var at = 0; at < text.Length || steps.Count == 0;)
        {
            var isFirst = steps.Count == 0;
            if (at < text.Length && text[at] is '[')
            {
                var end = text.IndexOf(']', at);
                if (
                    end < 0
                    || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                )
                    return Wrong("after [ comes the number of an entry, from 0 on, and ]");
                steps.Add(new(null, index));
                at = end + 1;
                continue;
            }

            if (!isFirst && text[at++] is not '.')
                return Wrong("between two names is a dot");
            var (name, next) = at < text.Length && text[at] is '"' ? Quoted(text, at) : Bare(text, at);
            if (name is null)
                return Wrong("each name has at least one character; one with a dot, a bracket, a quote or a space is in \"quotes\"");
            steps.Add(new(name, 0));
            at = next;
        }

        return steps.Count > DataFormat.Deepest ? Wrong($"it has more than {DataFormat.Deepest} names") : (new(steps), null);

        (DataPath?, string?) Wrong(string why) => (null, $"\"{Text.Excerpt(text)}\" is not the path of a value: {why}");
    }

    static (string? Name, int Next) Bare(string text, int at)
    {
        var end = at;
        while (
            end < text.Length
            && text[end] is not ('.' or '[' or ']' or '"' or '\'')
            && !char.IsWhiteSpace(text[end])
            && !char.IsControl(text[end])
        )
            end++;
        return (end == at ? null : text[at..end], end);
    }

    static (string? Name, int Next) Quoted(string text, int at)
    {
        StringBuilder name = new();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] is '"')
                return (name.ToString(), i + 1);
            if (text[i] is '\\' && i + 1 < text.Length)
                i++;
            if (char.IsControl(text[i]))
                break;
            name.Append(text[i]);
        }

        return (null, text.Length);
    }

    /// <summary>The path of the first steps, in its plain form.</summary>
    public string First(int count) => Write(Steps.Take(count));

    /// <summary>It in its plain form.</summary>
    public override string ToString() => Write(Steps);

    static string Write(IEnumerable<DataStep> steps)
    {
        StringBuilder path = new();
        foreach (var (name, index) in steps)
        {
            if (name is null)
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else
                path.Append(path.Length > 0 ? "." : "").Append(IsBare(name) ? name : Quote(name));
        }

        return path.ToString();
    }

    static bool IsBare(string name) => name.Length > 0 && Bare(name, 0).Next == name.Length;

    static string Quote(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
