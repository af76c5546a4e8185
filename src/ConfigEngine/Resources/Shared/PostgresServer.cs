using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A server of PostgreSQL, as the resources about it address it, and how they ask it.</summary>
static partial class PostgresServer
{
    /// <summary>The kind of aspect for a server as a whole.</summary>
    const string Server = "postgres server";

    /// <summary>Who can change what is in a server.</summary>
    public static Authority Authority { get; } = new(["root", "postgres"]);

    /// <summary>A server as a part of the host. Which one is the only one is not known here.</summary>
    public static Aspect Of(string? cluster) => new(Server, cluster ?? "*");

    /// <summary>What the names of a resource have before them where a host may have several servers.</summary>
    public static string Key(string? cluster, string name) => cluster is null ? name : $"{cluster} {name}";

    /// <summary>What is wrong with the address of a server.</summary>
    public static IEnumerable<string> Problems(string? cluster) =>
        cluster is null || Valid().IsMatch(cluster)
            ? []
            :
            [
                $"\"{Text.Excerpt(cluster)}\" is not a valid Cluster: it is a version and a name as pg_lsclusters prints them, such as "
                    + $"\"17/main\", or the port of a server, such as \"5433\"",
            ];

    /// <summary>A probe that asks a server: each statement answers with one line of JSON.</summary>
    /// <param name="cluster">The server.</param>
    /// <param name="asked">Databases, each with the statement for it. The first is always there.</param>
    /// <param name="parse">Reads the answers. It is not called where no server runs: then there is nothing yet.</param>
    /// <param name="needs">What is missing besides the server.</param>
    public static Probe<TState> Probe<TState>(
        string? cluster,
        IEnumerable<(string Database, Sql Statement)> asked,
        Func<PostgresAnswer, TState?> parse,
        Func<PostgresAnswer, IEnumerable<Need>> needs
    )
        where TState : class =>
        new(
            $"cfg_pg_ask {cluster ?? ""} {asked.SelectMany(one => (string[])[one.Database, OnOneLine(one.Statement)])}",
            output => PostgresAnswer.Of(output) is { IsRunning: true } answer ? parse(answer) : null
        )
        {
            Tools = ["psql"],
            Needs = output => PostgresAnswer.Of(output) is { IsRunning: true } answer ? needs(answer) : Missing(PostgresAnswer.Of(output)),
        };

    static string OnOneLine(Sql statement) => $"{Spaces().Replace(statement.Text, " ").Trim()};";

    /// <summary>Why a server did not answer.</summary>
    public static Need[] Missing(PostgresAnswer answer)
    {
        var (problem, hint) = answer.State switch
        {
            "none" => (
                $"there is no cluster {answer.Name} of PostgreSQL",
                "declare its Package before this line; pg_lsclusters lists them"
            ),
            "several" => (
                $"the host has several clusters of PostgreSQL: {answer.Name}",
                $"say which one: Cluster = \"{answer.Name.Split(' ')[^1]}\""
            ),
            "old" => (
                $"PostgreSQL {answer.Name} is older than version 11, which is the oldest that cfg knows",
                "upgrade it (pg_upgrade), or use a Command"
            ),
            _ => (
                $"PostgreSQL {answer.Name} is not running",
                $"declare new SystemdUnit(\"{UnitOf(answer.Name)}\") {{ Running = true }} before this line"
            ),
        };
        return
        [
            new(Of(answer.Name), problem)
            {
                Always = true,
                IsState = true,
                Hint = hint,
                Or = answer.State is "several" or "old" ? [] : [Aspect.Unit(UnitOf(answer.Name)), Aspect.Unit("postgresql.service")],
            },
        ];
    }

    /// <summary>What is said of a server that cannot be looked at; null where it can.</summary>
    public static PostgresAnswer? Trouble(Output output) =>
        output.Lines is [var only] && NameValue.Of(only) is ("none" or "several" or "old", _) ? PostgresAnswer.Of(output) : null;

    /// <summary>The unit of a server: Debian has one for each cluster.</summary>
    public static string UnitOf(string name) =>
        name.Split('/') is [var version, var cluster] ? $"postgresql@{version}-{cluster}.service" : "postgresql.service";

    /// <summary>What is in the way of a change where the server is a standby.</summary>
    public static IEnumerable<Need> Standby(PostgresAnswer answer, string? cluster) =>
        answer[0].Flag("standby")
            ? [new(Of(cluster), $"PostgreSQL {answer.Name} is a standby, and changes only with its primary") { Hint = "declare it there" }]
            : [];

    /// <summary>Runs statements in a database of the server, as one transaction.</summary>
    public static Operation Do(string? cluster, string database, params IReadOnlyList<Sql> statements) =>
        Input($"cfg_pg_do {cluster ?? ""} {database} -1", database, statements);

    /// <summary>Runs statements that cannot be in a transaction.</summary>
    public static Operation DoAlone(string? cluster, params IReadOnlyList<Sql> statements) =>
        Input($"cfg_pg_do {cluster ?? ""} postgres", "postgres", statements);

    static Operation Input(Shell script, string database, IReadOnlyList<Sql> statements)
    {
        var text = string.Join("; ", statements.Select(statement => statement.Text));
        return new(script)
        {
            Input = $"{text};\n",
            TellsFirstWrite = true,
            Title = $"sql{(database is "postgres" ? "" : $" in {Text.Excerpt(database)}")}: {Printable.Line(text)}",
        };
    }

    [GeneratedRegex(@"^([0-9]{1,2}(\.[0-9])?/[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}|[1-9][0-9]{0,4})\z")]
    private static partial Regex Valid();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Spaces();
}
