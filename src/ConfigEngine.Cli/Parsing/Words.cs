namespace ConfigEngine.Cli.Parsing;

/// <summary>The words of a command line.</summary>
static class Words
{
    /// <summary>An option and its value, if both are one word: <c>--on=web</c>.</summary>
    public static (string Name, string Value) Split(string word)
    {
        var at = word.StartsWith('-') ? word.IndexOfAny(['=', ':']) : -1;
        return at < 0 ? (word, "") : (word[..at], word[at..]);
    }

    /// <summary>Whether the user meant the word as an option, however it is parsed.</summary>
    public static bool IsOption(string word) => word.Length > 1 && word.StartsWith('-');
}
