using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Model;

/// <summary>
/// Answers about files whose content is secret, for recordings. Neither the content nor its digest is kept, because anyone could try
/// values on a digest. Only whether it is the recipe's content is kept.
/// </summary>
static partial class SecretAnswer
{
    const string Same = "(content of the recipe)";
    const string Other = "(another content)";

    /// <summary>An answer without the contents of files and without their digests.</summary>
    /// <param name="answer">The host's answer.</param>
    /// <param name="content">The recipe's content.</param>
    public static Output Without(Output answer, Content content)
    {
        // Latin-1 keeps every byte.
        var text = Encoding.Latin1.GetString(answer.Stdout.Span);
        StringBuilder kept = new();
        var at = 0;
        for (var file = File().Match(text); file.Success; file = File().Match(text, at))
        {
            kept.Append(text, at, file.Index - at);
            var digest = file.Groups["digest"].Value;
            kept.Append(file.Groups["head"].Value).Append('|').Append(digest == content.Digest ? Same : Other).Append('\n');
            kept.Append(file.Groups["missing"].Value);
            at = file.Index + file.Length;
            if (Number.ReadLong(file.Groups["size"].Value, "the size of a file") is var size && size <= text.Length - at)
                at += Sum(text.AsSpan(at, (int)size)) == digest ? (int)size : 0;
        }

        return answer with
        {
            Stdout = Encoding.Latin1.GetBytes(kept.Append(text, at, text.Length - at).ToString()),
        };
    }

    /// <summary>A kept answer as a host gives it: with the size and digest of the recipe's content, or of an empty file.</summary>
    public static Output Restored(Output kept, Content content)
    {
        var text = Encoding.Latin1.GetString(kept.Stdout.Span);
        return text.Contains($"|{Same}\n", StringComparison.Ordinal) || text.Contains($"|{Other}\n", StringComparison.Ordinal)
            ? kept with
            {
                Stdout = Encoding.Latin1.GetBytes(
                    text.Replace($"|{Same}\n", $"|{content.Length}|{content.Digest}\n", StringComparison.Ordinal)
                        .Replace($"|{Other}\n", $"|0|{Sum("")}\n", StringComparison.Ordinal)
                ),
            }
            : kept;
    }

    static string Sum(ReadOnlySpan<char> text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text.ToArray())));

    // As cfg_path prints it: type, mode, owner, group, size and digest; what is missing; and the content.
    [GeneratedRegex(@"(?<=\A|\n)(?<head>file(?:\|[^|\n]*){3})\|(?<size>\d{1,18})\|(?<digest>[0-9a-f]{64})\n(?<missing>missing[^\n]*\n)")]
    private static partial Regex File();
}
