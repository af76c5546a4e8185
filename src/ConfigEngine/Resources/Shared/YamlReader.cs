using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// Reads YAML with the place of each value, as far as it can be edited: one document, with maps, lists and values in any style. What has
/// an anchor, an alias or a tag is read by, and not edited. What is rare (keys of several parts, directives) is refused.
/// </summary>
/// <param name="format">The format, for its errors.</param>
/// <param name="text">The text.</param>
sealed partial class YamlReader(DataFormat format, string text)
{
    int at = text is ['\uFEFF', ..] ? 1 : 0;

    /// <summary>Reads all of it. A text without anything in it is an empty map at its end.</summary>
    public DataNode Read()
    {
        SkipLines();
        if (Now is '%')
            throw Wrong("it has directives");
        if (IsMark("---"))
        {
            at += 3;
            if (!IsLineOver())
                throw Wrong("something follows after --- in its line");
            SkipLines();
        }

        if (at == text.Length)
            return new(DataKind.Map, at);
        var root = Block(-1, 0);
        SkipLines();
        if (IsMark("..."))
        {
            at += 3;
            SkipLines();
        }

        return at == text.Length ? root
            : IsMark("---") ? throw Wrong("it has several documents")
            : throw Wrong("its indentation fits nothing above");
    }

    char Now => at < text.Length ? text[at] : '\0';

    char Next => at + 1 < text.Length ? text[at + 1] : '\0';

    int Column => at - Math.Max(DataText.LineStart(text, at), text is ['\uFEFF', ..] ? 1 : 0);

    DataRefusedException Wrong(string why) => format.Invalid(text, at, why);

    bool IsMark(string mark) =>
        Column == 0 && text.AsSpan(at).StartsWith(mark) && (at + 3 == text.Length || char.IsWhiteSpace(text[at + 3]));

    static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\0';

    void Spaces()
    {
        while (Now is ' ' or '\t')
            at++;
    }

    /// <summary>Passes by spaces and a comment; whether the line is over then.</summary>
    bool IsLineOver()
    {
        var start = at;
        Spaces();
        if (Now is '#' && (at > start || at == 0 || IsSpace(text[at - 1])))
            at = DataText.LineEnd(text, at);
        return at >= text.Length || Now is '\n' or '\r';
    }

    /// <summary>Passes by empty lines and comments, up to the first character of a line that has more.</summary>
    void SkipLines()
    {
        while (at < text.Length)
        {
            var start = at;
            if (!IsLineOver())
            {
                if (text.AsSpan(start, at - start).Contains('\t') && DataText.IsFirstInLine(text, at))
                    throw Wrong("a line is indented with a tab");
                return;
            }

            if (at < text.Length)
                at = DataText.NextLine(text, at);
        }
    }

    /// <summary>A value that begins in a line of its own, or is the rest of a line, and is farther in than what has it.</summary>
    DataNode Block(int outer, int depth)
    {
        if (depth > DataFormat.Deepest)
            throw Wrong("its values are too deep in each other");
        var column = Column;
        if (Now is '-' && IsSpace(Next))
            return List(column, depth);
        var start = at;
        if (Key() is { } key)
        {
            at = start;
            return Map(column, depth);
        }

        at = start;
        return Value(outer, depth);
    }

    DataNode List(int column, int depth)
    {
        DataNode list = new(DataKind.List, at);
        while (at < text.Length && Column == column && Now is '-' && IsSpace(Next))
        {
            at++;
            var end = at;
            var item = IsLineOver() ? Below(column, end, -1, depth) : Block(column, depth + 1);
            list.Add(null, item.Start, item);
            list.End = Math.Max(list.End, item.End);
            Finish();
        }

        return list;
    }

    DataNode Map(int column, int depth)
    {
        DataNode map = new(DataKind.Map, at);
        while (at < text.Length && Column == column && !IsMark("---") && !IsMark("..."))
        {
            var start = at;
            var key = Key() ?? throw Wrong("a name with a colon after it is expected");
            var end = at;
            DataNode value;
            if (IsLineOver())
                value = Below(column, end, column, depth);
            else
                value = Value(column, depth + 1);
            map.Entries.Add(new(key, start, value) { AfterName = end });
            map.End = Math.Max(map.End, Math.Max(end, value.End));
            if (key is "<<")
                map.IsMerged = true;
            Finish();
        }

        return map;
    }

    /// <summary>After a value: the line is over, and the next one begins.</summary>
    void Finish()
    {
        if (!DataText.IsFirstInLine(text, at) && !IsLineOver())
            throw Wrong("something follows in the line of a value");
        SkipLines();
    }

    /// <summary>The value in the lines below a name or a dash; null where they are not farther in.</summary>
    /// <param name="column">The column that they are farther in than.</param>
    /// <param name="end">The index after the name or the dash, where null would be.</param>
    /// <param name="list">The column of a list that need not be farther in; -1 where there is none.</param>
    /// <param name="depth">How deep the value is.</param>
    DataNode Below(int column, int end, int list, int depth)
    {
        var here = at;
        SkipLines();
        if (at < text.Length && (Column > column || (Column == list && Now is '-' && IsSpace(Next))) && !IsMark("---"))
            return Block(column, depth + 1);
        at = here;
        return new(DataKind.Null, end);
    }

    /// <summary>A name up to the place after its colon; null where there is none in the line.</summary>
    string? Key()
    {
        if (Now is '?' && IsSpace(Next))
            throw Wrong("it has a key of several parts (?)");
        string name;
        if (Now is '"' or '\'')
        {
            var quoted = Quoted();
            if (quoted.Trouble is not null)
                return null;
            name = quoted.Said;
            Spaces();
        }
        else
        {
            if (Now is '[' or '{' or '|' or '>' or '&' or '*' or '!' or '#' or '\0')
                return null;
            var start = at;
            while (
                at < text.Length && Now is not ('\n' or '\r') && !(Now is ':' && IsSpace(Next)) && !(Now is '#' && IsSpace(text[at - 1]))
            )
                at++;
            name = text[start..at].TrimEnd();
        }

        if (Now is not ':' || !IsSpace(Next))
            return null;
        at++;
        return name;
    }

    /// <summary>A value that begins in this line.</summary>
    /// <param name="column">The column that its other lines are farther in than.</param>
    /// <param name="depth">How deep it is.</param>
    DataNode Value(int column, int depth)
    {
        var start = at;
        if (Properties() is { } trouble)
        {
            var end = at;
            var node =
                trouble is Alias ? new(DataKind.Other, start) { End = end, Said = text[start..end] }
                : IsLineOver() ? Below(column, end, column, depth)
                : Block(column, depth + 1);
            node.Trouble ??= trouble;
            return node.Kind is DataKind.Null && node.End == end
                ? new(DataKind.Other, start)
                {
                    End = end,
                    Said = text[start..end],
                    Trouble = trouble,
                }
                : node;
        }

        switch (Now)
        {
            case '|' or '>':
                return Lines(column);
            case '[' or '{':
                return Flow(depth);
            case '"' or '\'':
                return Quoted();
            case '@' or '`' or '%' or ',' or ']' or '}':
                throw Wrong($"a value begins with {Now}");
        }

        if (Now is '-' or '?' && IsSpace(Next))
            throw Wrong("a list begins in the line of a name");
        return Plain(column);
    }

    const string Alias = "is an alias of another value";

    /// <summary>Passes by an anchor, an alias and tags; what they mean for an edit, or null where there are none.</summary>
    string? Properties()
    {
        string? trouble = null;
        while (Now is '&' or '*' or '!')
        {
            trouble = Now switch
            {
                '*' => Alias,
                '&' => "has an anchor, so that it may be used elsewhere",
                _ => trouble ?? "has a tag",
            };
            while (!IsSpace(Now) && Now is not (',' or ']' or '}'))
                at++;
            Spaces();
            if (trouble is Alias)
            {
                while (at > 0 && text[at - 1] is ' ' or '\t')
                    at--;
                break;
            }
        }

        return trouble;
    }

    /// <summary>A text in lines of its own, after | or &gt;.</summary>
    DataNode Lines(int column)
    {
        var start = at;
        var lineEnd = DataText.LineEnd(text, at);
        var header = text[at..lineEnd];
        var mark = header.Split(' ', '\t')[0];
        if (header[mark.Length..].Trim() is { Length: > 0 } and not ['#', ..])
            throw Wrong("something follows after | or >");
        at = DataText.NextLine(text, at);
        var (end, indent) = (lineEnd, -1);
        List<string> lines = [];
        List<string> empty = [];
        while (at < text.Length)
        {
            var next = DataText.LineEnd(text, at);
            var line = text[at..next];
            var inner = line.Length - line.TrimStart(' ').Length;
            if (line.Trim(' ').Length == 0)
            {
                empty.Add(indent >= 0 && inner > indent ? line[indent..] : "");
            }
            else
            {
                if (inner <= column || (column < 0 && IsMark("---")))
                    break;
                indent = indent < 0 ? inner : indent;
                if (inner < indent)
                    throw Wrong("a line of a text is less far in than the first one");
                lines.AddRange(empty);
                empty.Clear();
                lines.Add(line[indent..]);
                end = next;
            }

            at = DataText.NextLine(text, at);
        }

        var said = string.Join('\n', lines) + (mark.Contains('-', StringComparison.Ordinal) || lines.Count == 0 ? "" : "\n");
        var isPlain = mark is "|" or "|-" && empty.TrueForAll(line => line.Length == 0);
        return new(isPlain ? DataKind.Text : DataKind.Other, start)
        {
            End = end,
            Said = isPlain ? said : $"{mark} {said}{(mark.Contains('+', StringComparison.Ordinal) ? empty.Count : 0)}",
        };
    }

    DataNode Quoted()
    {
        var (start, mark) = (at, Now);
        StringBuilder said = new();
        for (at++; at < text.Length; at++)
        {
            if (Now == mark)
            {
                if (mark is '\'' && Next is '\'')
                    at++;
                else
                    break;
            }
            else if (mark is '"' && Now is '\\')
            {
                Escaped(said);
                continue;
            }

            said.Append(Now);
        }

        if (at >= text.Length)
            throw Wrong("a text does not end");
        at++;
        return new(DataKind.Text, start)
        {
            End = at,
            Said = said.ToString(),
            Trouble = text.AsSpan(start, at - start).Contains('\n') ? "is written over several lines" : null,
        };
    }

    void Escaped(StringBuilder said)
    {
        at++;
        var digits = Now switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits > 0)
        {
            said.Append(DataText.Numbered(text, at + 1, digits) ?? throw Wrong("a backslash is followed by what has no meaning there"));
            at += digits;
            return;
        }

        const string Letters = "0abtnvfre \"/\\N_LP\t\n\r",
            Meanings = "\0\a\b\t\n\v\f\r\u001b \"/\\\u0085\u00a0\u2028\u2029\t\n\r";
        var letter = Letters.IndexOf(Now, StringComparison.Ordinal);
        said.Append(
            letter >= 0 && at < text.Length ? Meanings[letter] : throw Wrong("a backslash is followed by what has no meaning there")
        );
    }
}
