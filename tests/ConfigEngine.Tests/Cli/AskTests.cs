namespace ConfigEngine.Tests.Cli;

/// <summary>What recipes ask hosts of their own: <c>host.Ask(…)</c>, here of this machine.</summary>
public sealed class AskTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task A_recipe_decides_by_what_the_host_answers()
    {
        var recipe = cfg.Recipe(
            """
            On("all", host =>
            {
                var words = host.Ask($"printf 'one\ntwo\n'");
                var number = host.Ask($"echo ' 42 '").Number;
                var name = host.Ask($"echo '{{\"name\": \"web\"}}'").Json.GetProperty("name").GetString();
                return
                [
                    new File("TARGET/answers") { Content = $"{string.Join("+", words.Lines)} {number} {name} {words.Text.Length}\n" },
                    When(host.Ask($"false").Succeeded, new File("TARGET/never") { Content = "" }),
                    When(host.Ask($"true").Succeeded, new File("TARGET/always") { Content = "" }),
                ];
            });
            """
        );

        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));

        Assert.Equal("one+two 42 web 7\n", await File.ReadAllTextAsync(cfg.PathOf("target/answers")));
        Assert.True(File.Exists(cfg.PathOf("target/always")));
        Assert.False(File.Exists(cfg.PathOf("target/never")));
    }

    [Fact]
    public async Task A_question_may_be_made_of_facts_and_of_another_answer()
    {
        var recipe = cfg.Recipe(
            """
            On("all", host =>
            {
                var first = host.Ask($"echo {host.Facts.Cpus}").Text;
                var second = host.Ask($"echo -{first}").Text;
                Console.WriteLine($"said once: {second}");
                return [new File("TARGET/answer") { Content = second }];
            });
            """
        );

        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));

        Assert.Equal($"-{Environment.ProcessorCount}", await File.ReadAllTextAsync(cfg.PathOf("target/answer")));
        Assert.Single(
            cfg.Error.Split('\n'),
            line => line.Contains("said once: -", StringComparison.Ordinal) && line.StartsWith("DIR/site.csx(5,", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Ask($\"echo oops >&2; exit 3\").Text", "$ echo oops >&2; exit 3: it ended with exit code 3: oops")]
    [InlineData("Ask($\"echo many\").Number.ToString()", "$ echo many: expected a whole number, got \"many\"")]
    [InlineData("Ask($\"echo '{{'\").Json.ToString()", "$ echo '{': expected JSON, got \"{\"")]
    [InlineData("Ask($\"true\", \"nobody-has-this-name\").Text", "$ true: the user that it is to be asked as does not exist there")]
    public async Task An_answer_that_cannot_be_used_is_an_error_of_the_host_where_it_is_read(string question, string error)
    {
        var recipe = cfg.Recipe(
            $$"""
            On("all", host => [new File("TARGET/answer") { Content = host.{{question}} }]);
            """
        );

        Assert.Equal(1, await cfg.Run("plan", recipe, "--local"));

        Assert.Contains($": {error}", cfg.Out + cfg.Error, StringComparison.Ordinal);
        Assert.Contains("site.csx(1,", cfg.Out + cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_asks_something_new_without_an_end_is_told_so()
    {
        var recipe = cfg.Recipe(
            """
            On("all", host =>
            {
                for (var i = 0; ; i++)
                    _ = host.Ask($"echo {i}").Text;
            });
            """
        );

        Assert.Equal(3, await cfg.Run("plan", recipe, "--local"));

        Assert.Contains("still asked the host something new when it ran for the 10th time", cfg.Error, StringComparison.Ordinal);
    }
}
