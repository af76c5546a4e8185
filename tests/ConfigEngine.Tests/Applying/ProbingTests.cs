using System.Text;
using ConfigEngine.Ssh;

namespace ConfigEngine.Tests.Applying;

public sealed class ProbingTests
{
    /// <summary>What every host defines at the beginning does not travel again with each question.</summary>
    [Fact]
    public void A_question_as_another_user_is_sent_without_the_library()
    {
        var questions = Planner.Probes(
            Enumerable.Range(0, 50).Select(i => new ConfigEngine.Resources.File($"/srv/app/{i}") { Content = $"{i}\n", As = "deploy" })
        );

        var bytes = questions.Sum(question => Encoding.UTF8.GetByteCount(Probing.RequestFor(question).Script));

        Assert.Equal(50, questions.Count);
        Assert.InRange(bytes, 50, 50 * 200);
    }

    /// <summary>
    /// Through a real shell on this machine, as the user who is there already: more than the arguments of a process may be.
    /// </summary>
    [Fact]
    public async Task A_question_as_another_user_may_be_of_any_size()
    {
        using Connector connector = new(new());
        await using var session = await connector.Connect(new("here") { Transport = Transport.Local }, null, default);
        var words = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"word{i}"));

        var answer = await session.Ask(
            new(
                Probing.ScriptFor(
                    Shell.Verbatim($"for cfg_word in {words}; do :; done; printf %s \"$cfg_word\" | cfg_digest; cat; exit 7"),
                    null,
                    Environment.UserName
                ),
                "a test"
            ),
            default
        );

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("word99999"u8)), answer.Text.Trim());
        Assert.Equal("", answer.Error);
        Assert.Equal(7, answer.Exit);
    }
}
