namespace ConfigEngine.Resources;

/// <summary>What the answers about users and groups have in common.</summary>
static class AccountAnswer
{
    /// <summary>The users or groups that do not exist, by the first line of an answer: <c>missing group:web</c>.</summary>
    public static IEnumerable<string> Missing(Output output, string kind) =>
        output.Lines is [{ } first, ..] && first.Split(' ') is ["missing", .. var words]
            ? words
                .Where(word => word is not ("readonly:itself" or "immutable:itself"))
                .Select(word =>
                    word.Split(':', 2) is [var of, var name] && of == kind
                        ? name
                        : throw new UnexpectedOutputException($"expected a {kind} that is missing, got \"{Text.Excerpt(word)}\"")
                )
            : throw new UnexpectedOutputException($"expected what is missing, got \"{Text.Excerpt(output.Text)}\"");

    /// <summary>Why the account files cannot be written, by the same line.</summary>
    public static IEnumerable<Need> Denials(Output output) =>
        (output.Lines is [{ } first, ..] ? first.Split(' ').Skip(1) : [])
            .Where(word => word is "readonly:itself" or "immutable:itself")
            .Select(word => PathProbe.NeedOf("/etc", word.Split(':')));

    /// <summary>
    /// The account that already has the wanted number, by an answer of <c>cfg_taken</c>; none if the number is free.
    /// </summary>
    public static IEnumerable<string> Taken(Output output) =>
        output.Lines.Where(line => line.StartsWith("taken=", StringComparison.Ordinal)).Select(line => line["taken=".Length..]);

    /// <summary>A process of the user, by an answer of <c>cfg_busy</c>. An earlier resource may stop it.</summary>
    public static IEnumerable<Need> Busy(Output output) =>
        from line in output.Lines
        where line.StartsWith("busy=", StringComparison.Ordinal)
        let process = line["busy=".Length..].Split(' ', 2)
        select new Need(
            Aspect.Unit("*"),
            $"its process {process[0]} ({Text.Excerpt(process[1])}) runs, and while one does the user is neither removed nor given "
                + $"another number or home"
        )
        {
            Hint = "stop it before this line: new SystemdUnit(…) { Running = false }, or loginctl terminate-user",
        };
}
