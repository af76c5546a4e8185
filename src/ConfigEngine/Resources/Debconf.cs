using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// An answer to a question of a package of Debian, given before the package is installed (debconf-set-selections(1)): declare it before
/// its <see cref="Resources.Package"/>. A package that is installed already takes it when it is configured again: notify
/// <see cref="Reconfigure"/>.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new Debconf("postfix", "postfix/main_mailer_type") { Type = "select", Value = "Internet Site" }</code></example>
/// <param name="Package">The package that asks.</param>
/// <param name="Question">The question, as <c>debconf-show PACKAGE</c> has it.</param>
public sealed partial record Debconf(string Package, string Question) : Resource<Debconf.State>
{
    static readonly string[] Types = ["string", "boolean", "select", "multiselect", "text", "note", "password"];

    /// <summary>
    /// The type of the question: string (the default), boolean, select, multiselect, text, note, or password; with <see
    /// cref="Password"/> always password.
    /// </summary>
    public string Type { get; init; } = "string";

    /// <summary>The answer, on one line, as the package's own programs know it, in English. Null where it is a password.</summary>
    public string? Value { get; init; }

    /// <summary>The answer where it is secret. A plan shows that it differs, and no more. Null where it is not.</summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// Configures the package again with the answers, without questions. Some packages take their answers from their own files then.
    /// </summary>
    public Handler Reconfigure =>
        new($"reconfigure {Package}", $"{Apt.WaitForLocks} && dpkg-reconfigure -f noninteractive -- {Package}")
        {
            Deadline = TimeSpan.FromMinutes(20),
        };

    /// <inheritdoc/>
    public override string Key => KeyOf(Package, Question);

    internal static string KeyOf(string package, string question) => $"{package} {question}";

    /// <summary>What a plan compares.</summary>
    /// <param name="Value">The answer.</param>
    /// <param name="Password">A digest of the answer, where it is secret.</param>
    /// <param name="Seen">Whether it counts as given by somebody, so that it is not asked again.</param>
    public sealed record State(string? Value, string? Password, bool? Seen)
    {
        internal bool IsInstalled { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. NameProblems(Package, Question),
            .. Types.Contains(Type) ? (string[])[] : [$"\"{Text.Excerpt(Type)}\" is not a type of question: {Text.List(Types)}"],
            .. Value is null == Password is null ? (string[])["it needs either a Value or a Password"] : [],
            .. Value is not null && Type is "password" ? (string[])["a password is secret: give it as Password"] : [],
            .. Value is not null && !IsLine(Value) ? (string[])["its Value is not one line without spaces around it"] : [],
            .. Value is not (null or "true" or "false") && Type is "boolean" ? (string[])["the Value of a boolean is true or false"] : [],
        ];

    /// <summary>What is wrong with the name of a package or of its question.</summary>
    internal static IEnumerable<string> NameProblems(string package, string question) =>
        [
            .. Names.IsPackage(package) ? (string[])[] : [$"\"{Text.Excerpt(package)}\" is not a valid name for a package"],
            .. ValidQuestion().IsMatch(question)
                ? (string[])[]
                : [$"\"{Text.Excerpt(question)}\" is not a question such as postfix/mailname"],
        ];

    static bool IsLine(string value) => value.Trim() == value && !value.Any(char.IsControl) && !Text.HasHalf(value);

    string Clear =>
        Password?.Reveal() is { Length: > 0 } clear && IsLine(clear)
            ? clear
            : throw new RecipeException(
                $"{Address}: debconf cannot take the secret of {Password?.Origin}: it is empty, or not one line without spaces around it",
                hint: "leave out the line end"
            );

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(AnswerOf(Question), "given", $"the question {Question} is answered")];

    static Aspect AnswerOf(string question) => new("answer of debconf", question);

    /// <summary>The statement that a question has no answer.</summary>
    internal static Claim NoAnswer(string question) => new(AnswerOf(question), "none", $"the question {question} has no answer");

    const string Database = "/var/cache/debconf";

    /// <summary>What tells the answer of a question.</summary>
    internal static IEnumerable<Aspect> ReadsOf(string kind, string key) =>
        [new(kind, key), Aspect.Path($"{Database}/config.dat"), Aspect.Tool("debconf-set-selections")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => ReadsOf(Kind, Key);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key)];

    /// <inheritdoc/>
    protected override State Desired => new(Value, Password is null ? null : Digest(Clear), true);

    static string Digest(string clear) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clear)));

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_debconf {Package} {Question} {(Password is null ? "value" : "digest")}", output => Parse(output.Properties))
        {
            Tools = ["debconf-set-selections"],
        };

    State? Parse(Properties said)
    {
        var isInstalled = said["installed"] is "yes";
        return said["exists"] switch
        {
            "yes" => new(Password is null ? said["value"] : null, Password is null ? null : said["digest"], said["seen"] is "true")
            {
                IsInstalled = isInstalled,
            },
            "no" => isInstalled ? new(null, null, false) { IsInstalled = true } : null,
            var other => throw new UnexpectedOutputException($"expected whether there is an answer, got \"{Text.Excerpt(other)}\""),
        };
    }

    /// <summary>No digest of a password is shown that anybody could try values on.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        AttributeChange.HiddenDigests(diff.Attributes, "password", Password);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual is { IsInstalled: true } && Notifies.All(handler => handler.Name != Reconfigure.Name)
            ? [$"{Package} is installed already, and takes the answer when it is configured again: notify Reconfigure"]
            : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual is null or { Value: null, Password: null } ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            new($"cfg_debconf_set")
            {
                Input = Password is null
                    ? (Content)$"{Package} {Question} {Type} {Value}\n"
                    : (Content)$"{Package} {Question} password {Password}\n",
                TellsFirstWrite = true,
                Deadline = TimeSpan.FromMinutes(12),
                Title = $"$ debconf-set-selections: {Package} {Question} {(Password is null ? $"{Type} {Value}" : "password")}",
            },
        ];

    [GeneratedRegex(@"^[a-z0-9][A-Za-z0-9+._-]*(/[A-Za-z0-9+._-]+)+\z")]
    private static partial Regex ValidQuestion();
}
