namespace ConfigEngine.Tests.Resources;

/// <summary>
/// Reads a script of <c>sh</c> as far as quoting goes (POSIX.1-2024, Shell Command Language 2.2): which stretches are within
/// single quotes, where nothing has a meaning.
/// </summary>
sealed class Quoting
{
    readonly string script;
    readonly Stack<char> open = new();
    readonly List<(int From, int To)> literal = [];
    int at;

    public Quoting(string script)
    {
        this.script = script;
        while (at < script.Length)
            Step();
    }

    /// <summary>Whether every quote is closed.</summary>
    public bool IsClosed => open.Count == 0;

    /// <summary>Whether every place where a value stands is within single quotes.</summary>
    public bool Protects(string value)
    {
        for (var i = script.IndexOf(value, StringComparison.Ordinal); i >= 0; i = script.IndexOf(value, i + 1, StringComparison.Ordinal))
        {
            if (!literal.Exists(range => range.From <= i && i + value.Length <= range.To))
                return false;
        }

        return true;
    }

    // '"' in double quotes, '(' in a command substitution, '{' in an expansion with braces, '`' in the old form of a substitution.
    bool In(char context) => open.TryPeek(out var top) && top == context;

    bool IsDouble => open.FirstOrDefault(context => context is not '{') is '"';

    bool IsWordStart => at == 0 || char.IsWhiteSpace(script[at - 1]) || script[at - 1] is ';' or '|' or '&' or '(' or ')';

    void Step()
    {
        var c = script[at];
        var next = at + 1 < script.Length ? script[at + 1] : '\0';
        switch (c)
        {
            case '\\':
                at++;
                break;
            case '\'' when !IsDouble:
                var end = script.IndexOf('\'', at + 1);
                if (end < 0)
                {
                    open.Push('\'');
                    end = script.Length;
                }

                literal.Add((at + 1, end));
                at = end;
                break;
            case '"' or '`':
                if (In(c))
                    open.Pop();
                else
                    open.Push(c);
                break;
            case '$' when next is '(' or '{':
                open.Push(next);
                at++;
                break;
            case '(' when In('('):
                open.Push('(');
                break;
            case ')' when In('('):
            case '}' when In('{'):
                open.Pop();
                break;
            case '#' when !IsDouble && !In('{') && IsWordStart:
                at = script.IndexOf('\n', at) is >= 0 and var line ? line : script.Length;
                break;
        }

        at++;
    }
}
