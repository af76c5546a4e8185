using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostShell;

/// <summary>
/// A snippet that only calls functions, one after the other, with plain words: <c>cfg_is_user deploy</c>, and then
/// <c>cfg_path /etc/motd …</c>. If each of these functions can be asked together with others (see sets.sh), so can the snippet.
/// </summary>
static partial class Calls
{
    static readonly HashSet<string> OfLibrary = Together(Library.Text);
    static readonly ConditionalWeakTable<Shell, IReadOnlySet<string>> OfPreludes = [];

    /// <summary>
    /// The calls of a snippet and the text between them, in turn. Null where it is anything else, or calls a function that cannot be
    /// asked together with others.
    /// </summary>
    /// <param name="script">The snippet.</param>
    /// <param name="prelude">The script before it, which may define functions of its own; null where there is none.</param>
    public static IReadOnlyList<string>? Of(Shell script, Shell? prelude)
    {
        var own = prelude is null ? null : OfPreludes.GetValue(prelude, static text => Together(text.Text));
        var text = script.Text.TrimEnd('\n');
        List<string> parts = [];
        for (var at = 0; at < text.Length;)
        {
            if (parts.Count > 0)
            {
                if (Between().Match(text, at) is not { Success: true, Length: > 0 } between)
                    return null;
                parts.Add(between.Value);
                at += between.Length;
            }

            if (
                Name().Match(text, at) is not { Success: true } name
                || !(OfLibrary.Contains(name.Value) || own?.Contains(name.Value) is true)
                || Words().Match(text, at + name.Length) is not { Success: true } words
            )
                return null;
            parts.Add(name.Value + words.Value);
            at += name.Length + words.Length;
        }

        return parts.Count == 0 ? null : parts;
    }

    /// <summary>The functions in a text that can be asked together with others.</summary>
    static HashSet<string> Together(string text) =>
        Teller()
            .Matches(text)
            .Select(match => match.Groups["name"].Value)
            .Select(name => name is "echo" ? name : $"cfg_{name}")
            .ToHashSet();

    [GeneratedRegex(@"^cfg_tell_(?<name>[a-z_]+)\(\)", RegexOptions.Multiline)]
    private static partial Regex Teller();

    [GeneratedRegex(@"\G(cfg_[a-z_]+|echo)(?=[ \n]|\z)")]
    private static partial Regex Name();

    /// <summary>Words as <see cref="Shell.Quote"/> writes them.</summary>
    [GeneratedRegex(@"\G(?> +(?>[A-Za-z0-9_@%+=:,./-]|'[^']*'|\\')+)* *(?=\n|\z|(?<= )\|\| exit\n|(?<= )&& )")]
    private static partial Regex Words();

    /// <summary>What stands between two calls: the second one follows the success of the first one.</summary>
    [GeneratedRegex(@"\G(\n|\|\| exit\n|&& )")]
    private static partial Regex Between();
}
