using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// A host may answer anything. What a resource does not understand it says in its own words, what it expected and what there was,
/// and never in those of the parser that stumbled.
/// </summary>
public sealed partial class NonsenseTests
{
    public static TheoryData<string> Resources => AllResources.Names;

    [Theory, MemberData(nameof(Resources))]
    public void An_answer_that_makes_no_sense_is_told_as_that(string name)
    {
        var resources = Variants.Of(AllResources.Example(name)).ToList();
        var answers = Answers(name).SelectMany(Altered).Distinct().ToList();

        Assert.Equal(
            "",
            string.Join(
                "\n",
                resources
                    .SelectMany((_, i) => Some(answers, i), (resource, answer) => Stumbles(resource, answer))
                    .OfType<string>()
                    .Distinct()
                    .Take(5)
            )
        );
    }

    /// <summary>
    /// The answers for a variant of the example: all for the first one, a quarter for each other one, because refusals take time.
    /// </summary>
    static IEnumerable<string> Some(List<string> answers, int variant)
    {
        const int Every = 4;
        return answers.Where((_, i) => variant == 0 || (variant + i) % Every == 0);
    }

    /// <summary>What the pages of the resource say that hosts answer, and some things that no host does.</summary>
    static IEnumerable<string> Answers(string name) =>
        System
            .IO.Directory.EnumerateFiles(
                $"{Repository.Tests}/Resources",
                $"{name.Replace("No", "", StringComparison.Ordinal)}Tests.*.verified.txt"
            )
            .Order(StringComparer.Ordinal)
            .Select(page => Observed().Match(System.IO.File.ReadAllText(page)).Groups["line"].Captures.Select(line => line.Value + "\n"))
            .Select(lines => string.Concat(lines))
            .Concat([
                "",
                "\n",
                "\n\n\n\n\n",
                "x",
                "|",
                "||||||\n||||||\n||||||\n",
                "=\n=\n",
                "absent",
                "file|644|root|root|9223372036854775808|x\nmissing\n",
                "\0\0\n",
            ])
            .Distinct();

    /// <summary>An answer with something wrong, or cut, at each of its lines and words.</summary>
    static IEnumerable<string> Altered(string answer)
    {
        var lines = answer.Split('\n');
        yield return answer;
        for (var i = 0; i < lines.Length; i++)
        {
            yield return string.Join('\n', lines.Take(i));
            yield return string.Join('\n', lines.Where((_, index) => index != i));
            yield return string.Join('\n', lines.Take(i).Append("").Concat(lines.Skip(i + 1)));
        }

        foreach (var word in Word().Matches(answer).Take(100))
        {
            yield return answer[..word.Index];
            foreach (var other in (string[])["", "x", "-1", "99999999999999999999", "\ufffd"])
                yield return string.Concat(answer.AsSpan(0, word.Index), other, answer.AsSpan(word.Index + word.Length));
        }
    }

    static string? Stumbles(Resource resource, string answer)
    {
        try
        {
            Output output = new(0, Encoding.UTF8.GetBytes(answer), default);
            resource.Read(output);
            Assert.NotNull(resource.NeedsOf(output).ToList());
            return null;
        }
        catch (CfgException)
        {
            return null;
        }
        catch (Exception stumbled)
        {
            return $"{stumbled.GetType().Name} of {resource}: {answer.ReplaceLineEndings("⏎")}\n{stumbled.StackTrace?.Split('\n')[0]}";
        }
    }

    [GeneratedRegex(@"^observed    (?<line>.*)\n(?:            (?<line>.*)\n)*", RegexOptions.Multiline)]
    private static partial Regex Observed();

    [GeneratedRegex(@"[^\s|=:]+")]
    private static partial Regex Word();
}
