using System.Globalization;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// Reads JSON with the place of each value. Comments (<c>//</c> and <c>/* */</c>) and a comma after the last entry are accepted, because
/// some programs accept them.
/// </summary>
/// <param name="format">The format, for its errors.</param>
/// <param name="text">The text.</param>
sealed class JsonReader(DataFormat format, string text)
{
    int at = text is ['\uFEFF', ..] ? 1 : 0;

    /// <summary>Reads all of it. A text without anything in it is an empty map at its end.</summary>
    public DataNode Read()
    {
        Skip();
        if (at == text.Length)
            return new(DataKind.Map, at);
        var root = Value(0);
        Skip();
        return at == text.Length ? root : throw Wrong("something follows after its end");
    }

    /// <summary>The index of the first character at or after a place that is neither space nor comment.</summary>
    public static int After(DataFormat format, string text, int at)
    {
        JsonReader reader = new(format, text) { at = at };
        reader.Skip();
        return reader.at;
    }

    char Now => at < text.Length ? text[at] : '\0';

    DataRefusedException Wrong(string why) => format.Invalid(text, at, why);

    void Skip()
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\n' or '\r')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//"))
            {
                at = DataText.NextLine(text, at);
            }
            else if (text.AsSpan(at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? throw Wrong("a comment does not end") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    DataNode Value(int depth)
    {
        if (depth > DataFormat.Deepest)
            throw Wrong("its values are too deep in each other");
        return Now switch
        {
            '{' => Collection(DataKind.Map, '}', depth),
            '[' => Collection(DataKind.List, ']', depth),
            '"' => Quoted(),
            _ => Word(),
        };
    }

    DataNode Collection(DataKind kind, char close, int depth)
    {
        DataNode node = new(kind, at++);
        for (Skip(); Now != close; Skip())
        {
            var start = at;
            string? name = null;
            if (kind is DataKind.Map)
            {
                if (Now is not '"')
                    throw Wrong("a name in double quotes is expected");
                name = Quoted().Said;
                Skip();
                if (Now is not ':')
                    throw Wrong("a colon is expected after a name");
                at++;
                Skip();
            }

            node.Add(name, start, Value(depth + 1));
            Skip();
            if (Now is ',')
                at++;
            else if (Now != close)
                throw Wrong($"a comma or {close} is expected");
        }

        node.End = ++at;
        return node;
    }

    DataNode Quoted()
    {
        var start = at++;
        StringBuilder said = new();
        while (Now is not '"')
        {
            if (char.IsControl(Now) || at >= text.Length)
                throw Wrong("a text does not end");
            said.Append(Now is '\\' ? Escaped() : Now);
            at++;
        }

        at++;
        return new(DataKind.Text, start) { End = at, Said = said.ToString() };
    }

    char Escaped()
    {
        at++;
        if (Now is 'u')
        {
            var character = DataText.Numbered(text, at + 1, 4) ?? throw Wrong("after \\u come four hexadecimal digits");
            at += 4;
            return character[0];
        }

        return Now switch
        {
            '"' or '\\' or '/' => Now,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Wrong("a backslash is followed by what has no meaning there"),
        };
    }

    DataNode Word()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Now) || Now is '-' or '+' or '.')
            at++;
        var word = text[start..at];
        return word switch
        {
            "true" or "false" => Node(DataKind.Boolean, word),
            "null" => Node(DataKind.Null, ""),
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => Node(
                DataKind.Integer,
                DataNumber.Whole(word, 10)
            ),
            _ when word is ['-' or (>= '0' and <= '9'), ..]
                    && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => Node(
                DataKind.Float,
                DataNumber.Said(word)
            ),
            _ => throw Wrong("a value is expected: a text in double quotes, a number, true, false, null, [ or {"),
        };

        DataNode Node(DataKind kind, string said) => new(kind, start) { End = at, Said = said };
    }
}
