using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>Edits of files of structured data, looked at with readers that are not our own.</summary>
static class Edits
{
    public static IReadOnlyList<string> Json { get; } =
    [
        "{}",
        """{"a": 1, "b": {"c": "x", "d": [1, {"e": null}]}, "": false}""",
        "{\n    \"a\": {\n        \"b\": 1.50,\n        \"c\": \"\\u00e9\\/\"\n    },\n"
            + "    \"d\": [\n        {\"e\": 1},\n        [true]\n    ],\n    \"f\": {}\n}\n",
        "{\r\n\t\"a\":1,\r\n\t\"b\":{\"c\":2}\r\n}",
    ];

    public static IReadOnlyList<string> Toml { get; } =
    [
        "",
        "a = 1",
        "# first\na = 'x'\nb.c = 2\n\n# of t\n[t] # t\nd = [1, 2, # two\n  3]\n[t.u.v]\n"
            + "e = { f = 1, g.h = 2 }\n\n[[l]]\ni = \"\"\"\none\ntwo\"\"\"\n[[l]]\nj = 1e3\n[l.m]\nk = 1979-05-27T07:32:00Z\n",
        "[a]\r\nb = \"\\u00e9\"\r\n\r\n[c]\r\n",
        "[a.b]\nc = 1\n[a]\nd = 2\n",
    ];

    public static IReadOnlyList<string> Yaml { get; } =
    [
        "",
        "# nothing\n",
        "a: 1\nb:\n  c: x y\n  d:\n    - 1\n    - e: \"z\"\n      f: [g, {h: i}]\n    -\n  j:\n# end\n",
        "---\na: {}\nb: [1, 'two',\n  three]\nc: |\n  text: # no comment\n\n  more\nd:\n- e: f\n- - g\n  - h\n\"i j\": ~",
        "a:\r\n   b: 1\r\n   c: 'x''y'\r\nd: true\r\n",
        "{a: 1, \"b\": {c: 2}}\n",
        "- 1\n- a: 2\n",
    ];

    static readonly DataValue[] Values =
    [
        .. (
            (string[])
                [
                    "",
                    "plain",
                    " spaces ",
                    "a b",
                    "yes",
                    "No",
                    "~",
                    "null",
                    "True",
                    "1",
                    "1.5",
                    "1.2.3",
                    "0x1F",
                    "0o7",
                    "010",
                    "1_000",
                    "12:30:45",
                    "2026-11-27",
                    ".inf",
                    "1e3",
                    "a: b",
                    "a #b",
                    "#c",
                    "it's",
                    "say \"hi\"",
                    "back\\slash",
                    "two\nlines\n",
                    "tab\t",
                    "cr\r\n",
                    "- x",
                    "? x",
                    "@x",
                    "%x",
                    "!x",
                    "&x",
                    "*x",
                    "|",
                    ">",
                    "{x}",
                    "[x]",
                    "<<",
                    "=",
                    "é",
                    "🦊",
                    "\u2028",
                    "\u0085",
                    "\u0001",
                    "\u007f",
                ]
        ).Select(text => (DataValue)text),
        0,
        -1,
        long.MaxValue,
        1.5,
        -0.25,
        1e300,
        true,
        false,
    ];

    public static DataPath At(string path) => DataPath.Read(path).Path ?? throw new ArgumentException(path);

    /// <summary>
    /// Sets each of many values at each place of some files, there or not there yet. Another reader reads the value there, and everything
    /// else as before; and what was set is left.
    /// </summary>
    public static void OfAny(DataFormat format, IReadOnlyList<string> files, Func<string, JsonNode?> read)
    {
        var count = 0;
        foreach (var file in files)
        {
            foreach (var path in Paths(format.Read(file), "").Distinct().Select(At))
            {
                foreach (var value in Values)
                {
                    var edited = format.Set(file, path, value);
                    Assert.Equal(edited, format.Set(edited, path, value));
                    var expected = With(Typed(read(file)) ?? new JsonObject(), path.Steps, Typed(value));
                    var actual = Typed(read(edited));
                    Assert.True(
                        JsonNode.DeepEquals(expected, actual),
                        $"{path} = {value} in\n{file}\nis\n{edited}\nand that is read as\n{actual?.ToJsonString()}\n"
                            + $"not\n{expected.ToJsonString()}"
                    );
                    count++;
                }
            }
        }

        Assert.True(count > 500);
    }

    /// <summary>The paths of all values that are edited, and of some that could be added.</summary>
    static IEnumerable<string> Paths(DataNode node, string at)
    {
        if (node.Trouble is not null)
            yield break;
        if (node.Kind is DataKind.Map)
        {
            foreach (var more in (string[])["new", "new.deep.er", "\"odd name: # \\\"x\\\"\""])
                yield return at.Length == 0 ? more : $"{at}.{more}";
        }

        if (!node.IsCollection && at.Length > 0)
            yield return at;
        for (var i = 0; i < node.Entries.Count; i++)
        {
            var (name, _, value) = node.Entries[i];
            var quoted = $"\"{name?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            foreach (
                var path in Paths(
                    value,
                    name is null ? $"{at}[{i}]"
                        : at.Length == 0 ? quoted
                        : $"{at}.{quoted}"
                )
            )
                yield return path;
        }
    }

    /// <summary>What a reader of YAML or TOML makes of a file, as JSON.</summary>
    public static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            bool flag => flag,
            IDictionary<string, object> table => new JsonObject(table.Select(entry => KeyValuePair.Create(entry.Key, Node(entry.Value)))),
            IDictionary map => new JsonObject(
                map.Keys.Cast<object>()
                    .Select(key => KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture) ?? "", Node(map[key])))
            ),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
            float or double or byte or sbyte or short or ushort or int or uint or long or ulong => JsonNode.Parse(
                ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)
            ),
            _ => $"other: {value}",
        };

    /// <summary>Values as texts with their types before them, so that numbers are compared as they are written.</summary>
    static JsonNode? Typed(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Typed(entry.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Typed)]),
            null => null,
            _ => node.GetValueKind() switch
            {
                JsonValueKind.String => $"text {node.GetValue<string>()}",
                JsonValueKind.Number => $"number {Number(node.ToJsonString())}",
                var kind => $"{kind}",
            },
        };

    static JsonNode? Typed(DataValue value) =>
        value.Kind switch
        {
            DataKind.Text => $"text {value.Text}",
            DataKind.Integer or DataKind.Float => $"number {Number(value.Text)}",
            _ => value.Text is "true" ? "True" : "False",
        };

    static string Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? $"{whole}" : DataNumber.Said(text);

    static JsonNode With(JsonNode node, IEnumerable<DataStep> steps, JsonNode? value)
    {
        List<DataStep> rest = [.. steps];
        var (name, index) = rest[0];
        var with = rest.Count == 1 ? value : With((name is null ? node[index] : node[name]) ?? new JsonObject(), rest[1..], value);
        if (with?.Parent is not null)
            return node;
        if (name is null)
            node[index] = with;
        else
            node[name] = with;
        return node;
    }
}
