using System.Text.RegularExpressions;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// What is true of every resource whatever its texts are: it is refused with a sentence, or the text reaches the host's shell as one
/// quoted word and nothing else.
/// </summary>
public sealed partial class OddNameTests
{
    public static TheoryData<string> Resources => AllResources.Names;

    [Theory, MemberData(nameof(Resources))]
    public void No_text_becomes_syntax(string name)
    {
        List<string> scripts = [];
        foreach (var core in OddNames.Cores)
        {
            foreach (var (property, value, resource) in OddNames.Of(AllResources.Example(name), core))
            {
                foreach (var script in Sent(resource, property.Name, value))
                {
                    Quoting quoting = new(script);
                    Assert.True(
                        quoting.IsClosed && quoting.Protects(core),
                        $"{name}.{property.Name} = \"{value}\" is not quoted in:\n{script}"
                    );
                    scripts.Add(script);
                }
            }
        }

        Assert.Empty(Scripts.SyntaxErrors([.. scripts.Distinct()]));
    }

    [Theory, MemberData(nameof(Resources))]
    public void No_text_becomes_an_option(string name)
    {
        foreach (var (property, value, resource) in OddNames.Of(AllResources.Example(name), "-qq"))
        {
            if (value.StartsWith("-qq", StringComparison.Ordinal))
                Assert.All(
                    Sent(resource, property.Name, value),
                    script =>
                        Assert.All(
                            script.Split('\n'),
                            line =>
                                Assert.False(
                                    Unguarded().IsMatch(Quoted().Replace(line, "Q")),
                                    $"{name}.{property.Name} = \"{value}\": {line}"
                                )
                        )
                );
        }
    }

    [Theory, MemberData(nameof(Resources))]
    public void Nothing_and_very_much_and_what_no_argument_can_hold_are_refused_or_sound(string name)
    {
        foreach (var odd in (string[])["", "\0", new('q', 5000), "\ud800"])
        {
            foreach (
                var (property, value, resource) in OddNames
                    .Of(AllResources.Example(name), odd)
                    .Concat(OddNames.Of(AllResources.Example(name), " " + odd))
            )
            {
                foreach (var script in Sent(resource, property.Name, value))
                    Assert.True(
                        new Quoting(script).IsClosed && !script.Contains('\0', StringComparison.Ordinal),
                        $"{name}.{property.Name}"
                    );
            }
        }
    }

    // What a resource would send; nothing where it is refused, which must be with a sentence that says of what.
    static IReadOnlyList<string> Sent(Resource resource, string property, string value)
    {
        var about = $"{resource.GetType().Name}.{property} = \"{value[..Math.Min(value.Length, 100)]}\"";
        try
        {
            Catalog.Check(resource);
            return Scripts.Of(resource);
        }
        catch (RecipeException refused)
        {
            Assert.True(refused.Message.Length < 2000, $"{about}: a message of {refused.Message.Length} characters");
            Assert.False(Trace().IsMatch(refused.Message), refused.Message);
            Assert.True(
                refused.Message.Contains(resource.Kind, StringComparison.Ordinal) && refused.Message.Length > resource.Address.Length + 10,
                $"{about}: {refused.Message}"
            );
            return [];
        }
        catch (Exception known) when (known is CfgException or UnexpectedOutputException)
        {
            return [];
        }
        catch (Exception defect)
        {
            Assert.Fail($"{about} is neither refused nor planned: {defect.GetType().Name}: {defect.Message}");
            throw;
        }
    }

    [GeneratedRegex(@"^\s+at \w+\.|System\.\w+Exception", RegexOptions.Multiline)]
    private static partial Regex Trace();

    // A command, and a word that it could take for an option: no "--" before it, and no option before it whose argument it is. The
    // engine's own functions take none, nor does printf behind its format.
    [GeneratedRegex(
        @"(?:^|[;|&({]|\bthen|\belse|\bdo)\s*(?!cfg_|printf|echo|for|case|if)[a-z][\w-]*(?: (?!-- )(?!-qq)[^ ;|&]+)*?(?<! -[a-zA-Z]) -qq"
    )]
    private static partial Regex Unguarded();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}
