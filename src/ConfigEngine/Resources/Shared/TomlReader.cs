using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Reads TOML 1.0 with the place of each value.</summary>
/// <param name="format">The format, for its errors.</param>
/// <param name="text">The text.</param>
sealed partial class TomlReader(DataFormat format, string text)
{
    int at = text is ['\uFEFF', ..] ? 1 : 0;

    /// <summary>Reads all of it.</summary>
    public TomlTable Read()
    {
        TomlSection section = new([], 0) { BodyStart = at };
        TomlTable root = new(TomlOrigin.Section, 0) { Section = section };
        var table = root;
        for (Skip(); at < text.Length; Skip())
        {
            var start = at;
            if (Now is '[')
            {
                table = Header(root);
                section = table.Section;
            }
            else
            {
                Entry(table, section, start);
            }

            EndLine();
        }

        root.End = text.Length;
        return root;
    }

    char Now => at < text.Length ? text[at] : '\0';

    DataRefusedException Wrong(string why) => format.Invalid(text, at, why);

    /// <summary>Passes by spaces, line ends and comments.</summary>
    void Skip()
    {
        for (Spaces(); at < text.Length && Now is '\n' or '\r' or '#'; Spaces())
            at = Now is '#' ? DataText.LineEnd(text, at) : at + 1;
    }

    void Spaces()
    {
        while (Now is ' ' or '\t')
            at++;
    }

    void EndLine()
    {
        Spaces();
        if (Now is '#')
            at = DataText.LineEnd(text, at);
        if (Now is '\r')
            at++;
        if (Now is '\n')
            at++;
        else if (at < text.Length)
            throw Wrong("something follows in the line");
    }

    /// <summary>A line in brackets: from there on, entries are those of another table.</summary>
    TomlTable Header(TomlTable root)
    {
        var start = at;
        var isEntry = text.AsSpan(at).StartsWith("[[");
        at += isEntry ? 2 : 1;
        var names = Names();
        if (!text.AsSpan(at).StartsWith(isEntry ? "]]" : "]"))
            throw Wrong("a closing bracket is expected");
        at += isEntry ? 2 : 1;
        TomlSection section = new(names, start);
        var (node, isInEntry) = ((DataNode)root, false);
        foreach (var name in names.SkipLast(1))
        {
            node = Inside(node, name);
            isInEntry |= node.Kind is DataKind.List;
            if (node is { Kind: DataKind.List, Entries: [.., var last] })
                node = last.Value;
            if (node is not TomlTable { Origin: not TomlOrigin.Inline })
                throw Wrong($"{name} is not a table");
        }

        section.IsInEntry = isInEntry || isEntry;
        var own = node.Entries.Find(entry => entry.Name == names[^1])?.Value;
        TomlTable table = new(TomlOrigin.Section, start) { Section = section };
        if (isEntry)
        {
            if (own is not null and not TomlList)
                throw Wrong($"{names[^1]} is there already");
            if (own is null)
                node.Add(names[^1], start, own = new TomlList(start));
            own.Add(null, start, table);
        }
        else if (own is TomlTable { Origin: TomlOrigin.Implied } implied)
        {
            implied.Origin = TomlOrigin.Section;
            implied.Section = section;
            table = implied;
        }
        else if (own is null)
        {
            node.Add(names[^1], start, table);
        }
        else
        {
            throw Wrong($"{names[^1]} is there already");
        }

        return table;
    }

    /// <summary>What a name leads to in the path of a header; a table that is only implied where there is none.</summary>
    DataNode Inside(DataNode node, string name)
    {
        if (node.Entries.Find(entry => entry.Name == name) is { } found)
            return found.Value;
        TomlTable implied = new(TomlOrigin.Implied, at);
        node.Add(name, at, implied);
        return implied;
    }

    /// <summary>A name and its value.</summary>
    void Entry(TomlTable table, TomlSection section, int start)
    {
        var names = Names();
        if (Now is not '=')
            throw Wrong("an equals sign is expected after a name");
        at++;
        Spaces();
        var value = Value(0);
        DataNode node = table;
        foreach (var name in names.SkipLast(1))
        {
            var there = node.Entries.Find(entry => entry.Name == name)?.Value;
            if (there is null)
                node.Add(name, start, there = new TomlTable(TomlOrigin.Dotted, start) { Section = section });
            if (there is not TomlTable { Origin: TomlOrigin.Dotted or TomlOrigin.Implied })
                throw Wrong($"{name} is there already, and is written elsewhere");
            node = there;
            if (node is TomlTable { Origin: TomlOrigin.Dotted } dotted)
                (dotted.LastLine, dotted.LastEnd) = (DataText.LineStart(text, start), at);
        }

        if (node.Entries.Exists(entry => entry.Name == names[^1]))
            throw Wrong($"{names[^1]} is there already");
        node.Add(names[^1], start, value);
        section.Last = (DataText.LineStart(text, start), at);
    }

    List<string> Names()
    {
        List<string> names = [];
        do
        {
            if (names.Count > 0)
                at++;
            Spaces();
            names.Add(Now is '"' or '\'' ? QuotedName() : Bare());
            Spaces();
        } while (Now is '.');
        return names;
    }

    string Bare()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Now) || Now is '_' or '-')
            at++;
        return at > start ? text[start..at] : throw Wrong("a name is expected");
    }

    DataNode Value(int depth)
    {
        if (depth > DataFormat.Deepest)
            throw Wrong("its values are too deep in each other");
        return Now switch
        {
            '"' or '\'' => Quoted(),
            '[' => List(depth),
            '{' => Inline(depth),
            _ => Word(),
        };
    }

    DataNode List(int depth)
    {
        DataNode list = new(DataKind.List, at++);
        for (Skip(); Now is not ']'; Skip())
        {
            list.Add(null, at, Value(depth + 1));
            Skip();
            if (Now is ',')
                at++;
            else if (Now is not ']')
                throw Wrong("a comma or ] is expected");
        }

        list.End = ++at;
        return list;
    }

    TomlTable Inline(int depth)
    {
        TomlTable table = new(TomlOrigin.Inline, at++);
        for (Spaces(); Now is not '}'; Spaces())
        {
            var start = at;
            var names = Names();
            if (Now is not '=')
                throw Wrong("an equals sign is expected after a name");
            at++;
            Spaces();
            var value = Value(depth + 1);
            DataNode node = table;
            foreach (var name in names.SkipLast(1))
            {
                var there = node.Entries.Find(entry => entry.Name == name)?.Value;
                if (there is null)
                    node.Add(name, start, there = new TomlTable(TomlOrigin.Inline, start) { Trouble = "is written in several parts" });
                node = there is { Kind: DataKind.Map, Trouble: not null } ? there : throw Wrong($"{name} is there already");
            }

            if (node.Entries.Exists(entry => entry.Name == names[^1]))
                throw Wrong($"{names[^1]} is there already");
            node.Add(names[^1], start, value);
            table.LastEnd = at;
            Spaces();
            if (Now is ',')
                at++;
            else if (Now is not '}')
                throw Wrong("a comma or } is expected, in the same line");
        }

        table.End = ++at;
        return table;
    }

    string QuotedName() => text.AsSpan(at).StartsWith(new string(Now, 3)) ? throw Wrong("a name is on one line") : Quoted().Said;

    DataNode Quoted()
    {
        var (start, mark) = (at, Now);
        var isWrapped = text.AsSpan(at).StartsWith(new string(mark, 3));
        at += isWrapped ? 3 : 1;
        if (isWrapped)
            at +=
                text.AsSpan(at).StartsWith("\r\n") ? 2
                : Now is '\n' ? 1
                : 0;
        StringBuilder said = new();
        while (at < text.Length)
        {
            if (Now == mark && (!isWrapped || text.AsSpan(at).StartsWith(new string(mark, 3))))
            {
                // Up to two quotes may come before those at the end.
                while (isWrapped && text.AsSpan(at + 3).StartsWith([mark]))
                {
                    said.Append(mark);
                    at++;
                }

                at += isWrapped ? 3 : 1;
                return new(DataKind.Text, start) { End = at, Said = said.ToString() };
            }

            if (Now is '\n' or '\r' && !isWrapped)
                break;
            if (Now is '\\' && mark is '"' && !(isWrapped && SkipsLineEnd()))
                Escaped(said);
            else if (Now is '\\' && mark is '"')
                SkipSpace();
            else if (!text.AsSpan(at).StartsWith("\r\n"))
                said.Append(Now);
            at++;
        }

        throw Wrong("a text does not end");
    }

    /// <summary>Whether a backslash is the last one of a line: what is empty after it is not a part of the text.</summary>
    bool SkipsLineEnd() => at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]);

    void SkipSpace()
    {
        while (at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]))
            at++;
    }

    void Escaped(StringBuilder said)
    {
        at++;
        var digits =
            Now is 'u' ? 4
            : Now is 'U' ? 8
            : 0;
        if (digits > 0)
        {
            // A half of a character is none (TOML 1.0, Unicode scalar values).
            if (DataText.Numbered(text, at + 1, digits) is not { } character || character is [(>= '\uD800' and <= '\uDFFF')])
                throw Wrong("after \\u come the hexadecimal digits of a character");
            at += digits;
            said.Append(character);
            return;
        }

        said.Append(
            Now switch
            {
                '"' or '\\' => Now,
                'b' => '\b',
                't' => '\t',
                'n' => '\n',
                'f' => '\f',
                'r' => '\r',
                _ => throw Wrong("a backslash is followed by what has no meaning there"),
            }
        );
    }

    DataNode Word()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Now) || Now is '+' or '-' or '.' or '_' or ':' || (Now is ' ' && IsTime()))
            at++;
        var word = text[start..at];
        var plain = word.Replace("_", "", StringComparison.Ordinal);
        return word switch
        {
            "true" or "false" => Node(DataKind.Boolean, word),
            _ when Whole().IsMatch(word) => Node(DataKind.Integer, DataNumber.Whole(plain, 10)),
            _ when Based().IsMatch(word) => Node(
                DataKind.Integer,
                DataNumber.Whole(
                    plain[2..],
                    plain[1] is 'x' ? 16
                        : plain[1] is 'o' ? 8
                        : 2
                )
            ),
            _ when Fraction().IsMatch(word) => Node(DataKind.Float, DataNumber.Said(plain)),
            _ when Date().IsMatch(word) => Node(DataKind.Other, word),
            _ => throw Wrong("a value is expected: a text in quotes, a number, true, false, a date, [ or {"),
        };

        DataNode Node(DataKind kind, string said) => new(kind, start) { End = at, Said = said };

        // A date and a time may have a space between them.
        bool IsTime() => at - start == 10 && at + 2 < text.Length && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]);
    }

    [GeneratedRegex(@"^[+-]?(0|[1-9](_?[0-9])*)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^0(x[0-9A-Fa-f](_?[0-9A-Fa-f])*|o[0-7](_?[0-7])*|b[01](_?[01])*)\z")]
    private static partial Regex Based();

    [GeneratedRegex(@"^[+-]?((0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?|inf|nan)\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(
        @"^([0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
            + @"|[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?)\z"
    )]
    private static partial Regex Date();
}
