using System.Text.Json;
using System.Text.RegularExpressions;
using ConfigEngine.Resources;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is written for sudo, read back by cvtsudoers(1).</summary>
public sealed class SudoersFormatTests
{
    [ToolFact("cvtsudoers")]
    public void Case_24_a_comma_in_a_command_ends_it_no_more() =>
        Assert.Equal(
            ["/usr/bin/journalctl --output-fields=A,/usr/bin/su"],
            Commands(new SudoRule("runner") { Commands = ["/usr/bin/journalctl --output-fields=A,/usr/bin/su"], NoPassword = true })
        );

    [ToolFact("cvtsudoers")]
    public void Each_command_is_one_whatever_is_in_its_arguments()
    {
        var commands = Tool.Some(Tool.Odd.Select(odd => $"/usr/bin/x {odd}"), 300)
            .Where(command => !command.EndsWith('$') && Refusal(new("a") { Commands = [command] }) is null)
            .ToList();
        Assert.True(commands.Count > 100, $"only {commands.Count} of 300 are taken at all");

        Assert.Equal(commands, Commands([.. commands.Select(command => new SudoRule("a") { Commands = [command] })]).Select(Matched));
    }

    [ToolFact("cvtsudoers")]
    public void A_user_is_one_user_whatever_is_in_the_name()
    {
        string[] known =
        [
            "alice",
            "%domain users",
            @"CORP\ann",
            "%#1000",
            "#1000",
            "+admins",
            @"%CORP\domain admins",
            "ann.o'neill@example.com",
            "%:outside",
            "svc$",
        ];
        var users = known.Concat(Tool.Some(Tool.Odd, 300)).Where(user => Refusal(new(user)) is null).ToList();
        Assert.Equal(known, users.Take(known.Length));

        using var read = Read([.. users.Select(user => new SudoRule(user))]);
        Assert.Equal(users, Specs(read).Select(spec => Named(Assert.Single(spec.GetProperty("User_List").EnumerateArray()))));
    }

    [ToolFact("cvtsudoers")]
    public void Whom_it_is_run_as_is_one_user_and_one_group()
    {
        using var read = Read(
            new SudoRule("a") { RunAs = @"CORP\svc x:dom grp" },
            new SudoRule("a") { RunAs = "www-data" },
            new SudoRule("a") { RunAs = ":adm" }
        );
        Assert.Equal(
            [
                @"{ ""username"": ""CORP\\svc x"" } { ""usergroup"": ""dom grp"" }",
                @"{ ""username"": ""www-data"" } ",
                @" { ""usergroup"": ""adm"" }",
            ],
            Specs(read)
                .Select(spec => spec.GetProperty("Cmnd_Specs")[0])
                .Select(spec => string.Join(' ', One(spec, "runasusers"), One(spec, "runasgroups")))
        );
    }

    [Theory]
    [InlineData("/usr/bin/x ^[a-z,]+$", "regular expression with a comma")]
    [InlineData("/usr/bin/x ^a", "do not end with $")]
    [InlineData("/usr/bin/a\\b", "backslash in its path")]
    [InlineData("/usr/bin/x a\nroot ALL=(ALL) ALL", "line end")]
    [InlineData("usr/bin/x", "not an absolute path")]
    public void Commands_that_sudo_reads_otherwise_are_refused(string command, string problem) =>
        Assert.Contains(problem, Refusal(new("a") { Commands = [command] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Defaults")]
    [InlineData("@include /tmp/x")]
    [InlineData("#includedir /tmp")]
    [InlineData("a:b")]
    [InlineData("%")]
    [InlineData("!root")]
    [InlineData("a\n")]
    [InlineData(" a")]
    public void Users_that_sudo_reads_otherwise_are_refused(string user) => Assert.NotNull(Refusal(new(user)));

    [Theory]
    [InlineData("root, www-data")]
    [InlineData("root) NOPASSWD: ALL, (root")]
    public void Whom_and_where_cannot_say_more(string text)
    {
        Assert.NotNull(Refusal(new("a") { RunAs = text }));
        Assert.NotNull(Refusal(new("a") { Host = $"{text} = x" }));
    }

    static string? Refusal(SudoRule rule) => rule.Problems.FirstOrDefault();

    /// <summary>What a pattern of fnmatch(3) stands for; wildcards stay.</summary>
    static string Matched(string pattern) => Regex.Replace(pattern, @"\\([^*?\[\]!])", "$1");

    static string Named(JsonElement user) =>
        user.EnumerateObject().First() is var one
            ? one.Name switch
            {
                "username" => $"{one.Value}",
                "userid" => $"#{one.Value}",
                "usergroup" => $"%{one.Value}",
                "usergid" => $"%#{one.Value}",
                "nonunixgroup" => $"%:{one.Value}",
                "nonunixgid" => $"%:#{one.Value}",
                "netgroup" => $"+{one.Value}",
                var other => $"{other}: {one.Value}",
            }
            : "";

    static string One(JsonElement spec, string name) =>
        spec.TryGetProperty(name, out var list) ? Assert.Single(list.EnumerateArray()).GetRawText() : "";

    static IReadOnlyList<string> Commands(params IReadOnlyList<SudoRule> rules)
    {
        using var read = Read(rules);
        return
        [
            .. Specs(read)
                .Select(spec =>
                    Assert
                        .Single(Assert.Single(spec.GetProperty("Cmnd_Specs").EnumerateArray()).GetProperty("Commands").EnumerateArray())
                        .GetProperty("command")
                        .ToString()
                ),
        ];
    }

    static JsonDocument Read(params IReadOnlyList<SudoRule> rules)
    {
        var text = string.Concat(rules.Select(rule => $"{rule.Line}\n"));
        Tool.Reads(text, "visudo", "-cf", "{}");
        return JsonDocument.Parse(Tool.Reads(text, "cvtsudoers", "-f", "json", "{}"));
    }

    static JsonElement.ArrayEnumerator Specs(JsonDocument read) => read.RootElement.GetProperty("User_Specs").EnumerateArray();
}
