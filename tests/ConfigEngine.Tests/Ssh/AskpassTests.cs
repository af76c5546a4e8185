using ConfigEngine.Ssh;

namespace ConfigEngine.Tests;

/// <summary>Whose questions are answered with the password of a target: those for its login, from the process that makes it.</summary>
public sealed class AskpassTests
{
    const string Password = "correct horse 'battery' $taple";

    static readonly SshSettings Target = new("Target.Example.com", "ops", 22);

    [Theory]
    [InlineData("ops@target.example.com's password: ", true)]
    [InlineData("(ops@target.example.com) Password: ", true)]
    [InlineData("ops@jump.example.com's password: ", false)]
    [InlineData("(ops@jump.example.com) (ops@target.example.com) Password: ", false)]
    [InlineData("root@target.example.com's password: ", false)]
    [InlineData("ops@target.example.com.evil's password: ", false)]
    [InlineData("Password: ", false)]
    [InlineData("*'s password: ", false)]
    public async Task A_question_is_answered_that_names_the_target(string question, bool isAnswered)
    {
        var (answer, complaint) = await Ask("\"$SSH_ASKPASS\" \"$1\"", Target, question);

        Assert.Equal((isAnswered ? $"{Password}\n" : "", isAnswered ? "" : $"cfg-askpass: {question}\n"), (answer, complaint));
    }

    [Theory]
    [InlineData("Enter passphrase for key '/root/.ssh/id_ed25519': ")]
    [InlineData("Are you sure you want to continue connecting (yes/no/[fingerprint])? ")]
    public async Task What_asks_for_no_password_gets_none_and_is_no_error(string question) =>
        Assert.Equal(("", ""), await Ask("\"$SSH_ASKPASS\" \"$1\"", Target, question));

    [Fact]
    public async Task The_name_is_that_of_the_hosts_key_where_it_has_one() =>
        Assert.Equal(
            ($"{Password}\n", ""),
            await Ask("\"$SSH_ASKPASS\" \"$1\"", Target with { HostKeyAlias = "db-key" }, "ops@db-key's password: ")
        );

    [Fact]
    public async Task Another_process_gets_none_whatever_it_asks()
    {
        const string Question = "ops@target.example.com's password: ";
        Assert.Equal(("", $"cfg-askpass: {Question}\n"), await Ask("sh -c '\"$SSH_ASKPASS\" \"$1\"; :' sh \"$1\"", Target, Question));
    }

    [Fact]
    public async Task A_second_question_of_the_target_is_neither_answered_nor_waited_on()
    {
        const string Question = "ops@target.example.com's password: ";
        Assert.Equal(($"{Password}\n", ""), await Ask("\"$SSH_ASKPASS\" \"$1\"; \"$SSH_ASKPASS\" \"$1\"", Target, Question));
    }

    /// <summary>Has a shell ask, in the place of ssh.</summary>
    static async Task<(string Answer, string Complaint)> Ask(string script, SshSettings target, string question)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cfg-askpass-");
        try
        {
            using var askpass = await Askpass.Prepare(new("the test", () => Password), target, directory.FullName, default);
            await using var asking = ChildProcess.Start(
                ["sh", "-c", $"{script}; :", "sh", question],
                TimeProvider.System,
                askpass.Environment
            );
            using StreamReader answer = new(asking.Stdout);
            using StreamReader complaint = new(asking.Stderr);
            return (await answer.ReadToEndAsync(), await complaint.ReadToEndAsync());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
