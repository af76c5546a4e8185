using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

// Values in brackets and braces, and values without quotes.
sealed partial class YamlReader
{
    DataNode Flow(int depth)
    {
        if (depth > DataFormat.Deepest)
            throw Wrong("its values are too deep in each other");
        var isMap = Now is '{';
        DataNode node = new(isMap ? DataKind.Map : DataKind.List, at++) { IsFlow = true };
        for (SkipFlow(); Now != (isMap ? '}' : ']'); SkipFlow())
        {
            if (Now is '?' && IsSpace(Next))
                throw Wrong("it has a key of several parts (?)");
            var start = at;
            var value = FlowValue(depth);
            SkipFlow();
            string? name = null;
            if (Now is ':')
            {
                if (!isMap || value is not { Trouble: null, IsCollection: false })
                    throw Wrong("a name with a colon after it is not expected");
                name = value.Kind is DataKind.Text ? value.Said : text[value.Start..value.End];
                at++;
                var end = at;
                SkipFlow();
                value = Now is ',' or '}' ? new(DataKind.Null, end) : FlowValue(depth);
                SkipFlow();
            }
            else if (isMap)
            {
                name = value.Kind is DataKind.Text ? value.Said : text[value.Start..value.End];
                value = new(DataKind.Null, value.End) { Trouble = "is a name without a value" };
            }

            node.Add(name, start, value);
            if (name is "<<")
                node.IsMerged = true;
            if (Now is ',')
                at++;
            else if (Now != (isMap ? '}' : ']'))
                throw Wrong($"a comma or {(isMap ? '}' : ']')} is expected");
        }

        node.End = ++at;
        return node;
    }

    void SkipFlow()
    {
        while (at < text.Length && (IsSpace(Now) || (Now is '#' && IsSpace(text[at - 1]))))
            at = Now is '#' ? DataText.LineEnd(text, at) : at + 1;
    }

    DataNode FlowValue(int depth)
    {
        var start = at;
        if (Properties() is { } trouble)
        {
            if (trouble is Alias || Now is ',' or ']' or '}')
                return new(DataKind.Other, start)
                {
                    End = at,
                    Said = text[start..at],
                    Trouble = trouble,
                };
            var node = FlowValue(depth);
            node.Trouble ??= trouble;
            return node;
        }

        switch (Now)
        {
            case '[' or '{':
                return Flow(depth + 1);
            case '"' or '\'':
                return Quoted();
        }

        while (at < text.Length && Now is not (',' or '[' or ']' or '{' or '}' or '\n' or '\r'))
        {
            if ((Now is ':' && (IsSpace(Next) || Next is ',' or '[' or ']' or '{' or '}')) || (Now is '#' && IsSpace(text[at - 1])))
                break;
            at++;
        }

        var word = text[start..at].TrimEnd();
        at = start + word.Length;
        return word.Length > 0 ? Word(word, start, at) : throw Wrong("a value is expected");
    }

    /// <summary>A value without quotes, with all its lines.</summary>
    DataNode Plain(int column)
    {
        var start = at;
        at = PlainEnd();
        var end = at;
        string? trouble = null;
        while (IsLineOver() && at < text.Length)
        {
            // A comment ends it.
            if (text.AsSpan(end, at - end).Contains('#'))
                break;
            var here = at;
            var lineStart = DataText.NextLine(text, at);
            at = lineStart;
            while (at < text.Length && DataText.LineEnd(text, at) is var lineEnd && text[at..lineEnd].Trim().Length == 0)
                at = DataText.NextLine(text, at);
            Spaces();
            if (at >= text.Length || Column <= column || Now is '#' || IsMark("---") || IsMark("..."))
            {
                at = here;
                break;
            }

            end = at = PlainEnd();
            trouble = "is written over several lines";
        }

        at = end;
        var node = Word(text[start..end], start, end);
        node.Trouble = trouble;
        return node;
    }

    int PlainEnd()
    {
        var i = at;
        for (; i < text.Length && text[i] is not ('\n' or '\r'); i++)
        {
            if (text[i] is '#' && i > at && text[i - 1] is ' ' or '\t')
                break;
            if (text[i] is ':' && (i + 1 == text.Length || IsSpace(text[i + 1])))
                throw Wrong("a value without quotes has a colon and a space in it");
        }

        while (i > at && text[i - 1] is ' ' or '\t')
            i--;
        return i;
    }

    /// <summary>A value without quotes: what all versions of YAML take it for, or another type where they differ.</summary>
    static DataNode Word(string word, int start, int end)
    {
        return Plainly(word) switch
        {
            DataKind.Null => Node(DataKind.Null, ""),
            DataKind.Boolean => Node(DataKind.Boolean, word.ToLowerInvariant()),
            DataKind.Integer => Node(
                DataKind.Integer,
                word.Contains('x', StringComparison.Ordinal)
                    ? DataNumber.Whole(word.Replace("0x", "", StringComparison.Ordinal), 16)
                    : DataNumber.Whole(word, 10)
            ),
            DataKind.Float => Node(DataKind.Float, DataNumber.Said(word)),
            var kind => Node(kind, word),
        };

        DataNode Node(DataKind kind, string said) => new(kind, start) { End = end, Said = said };
    }

    /// <summary>The type of a value without quotes.</summary>
    public static DataKind Plainly(string word) =>
        word is "~" or "null" or "Null" or "NULL" ? DataKind.Null
        : word is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? DataKind.Boolean
        : Whole().IsMatch(word) ? DataKind.Integer
        : Fraction().IsMatch(word) ? DataKind.Float
        : Unclear().IsMatch(word) ? DataKind.Other
        : DataKind.Text;

    [GeneratedRegex(@"^([-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+][0-9]+)?\z")]
    private static partial Regex Fraction();

    /// <summary>
    /// What is a text in one version of YAML and something else in another: yes and no, numbers with a leading zero, with _ or with
    /// colons, dates, numbers in other forms, and signs with a meaning of their own.
    /// </summary>
    [GeneratedRegex(
        @"^(y|n|yes|no|on|off|=|<<|[-+]?[0-9][0-9_]*(e[-+]?[0-9]+)?|0[xo][0-9a-f_]+|[-+]?0b[01_]+"
            + @"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[-+]?([0-9][0-9_]*)?\.[0-9_]*(e[-+]?[0-9]+)?"
            + @"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?|[-+]?\.(inf|nan))\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Unclear();
}
