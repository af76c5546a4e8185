using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>
/// The sources of a recipe's secrets. Each secret is read once in a run: after the recipe ran, and before the first host is
/// touched. A secret that cannot be read is an error with the line that declares it. One line end at the end of a value is not part
/// of it.
/// </summary>
/// <example><code>
/// var password = Secrets.Command("pass", "show", "db/app");
/// Hosts(new Host("db1") { User = "ops", Become = Become.Sudo with { Password = Secrets.Prompt("sudo password of ops") } });
/// On("db1", new File("/etc/app.env") { Content = $"PASSWORD={password}\n", Owner = "app", Mode = "0600" });
/// </code></example>
public sealed class Secrets
{
    readonly Lock gate = new();
    readonly List<Secret> all = [];
    readonly ILocalSecrets local;
    readonly Redaction redaction;
    readonly Lazy<ReadOnlyMemory<byte>> key;

    /// <summary>Makes the sources.</summary>
    /// <param name="local">This machine.</param>
    /// <param name="redaction">Learns every secret, so that none is shown.</param>
    internal Secrets(ILocalSecrets local, Redaction redaction)
    {
        (this.local, this.redaction) = (local, redaction);
        key = new(() => local.DigestKey);
    }

    /// <summary>The secrets that were declared so far, in order.</summary>
    internal IReadOnlyList<Secret> All
    {
        get
        {
            lock (gate)
                return [.. all];
        }
    }

    /// <summary>An environment variable of <c>cfg</c>. Processes that are started to reach a host do not get it.</summary>
    public Secret Environment(string name) =>
        Declare(
            name,
            $"environment {name}",
            () =>
                local.Variable(name)
                ?? throw new RecipeException($"the environment has no {name}", hint: $"set it for cfg alone: {name}=… cfg plan"),
            variable: name
        );

    /// <summary>A file of this machine, without its last line end.</summary>
    /// <param name="path">Relative to the script that declares it.</param>
    /// <param name="script">Filled in by the compiler.</param>
    public Secret File(string path, [CallerFilePath] string script = "") => Declare(path, $"file {path}", () => local.File(path, script));

    /// <summary>
    /// The output of a command on this machine, without its last line end: <c>pass</c>, <c>sops</c>, <c>age</c>, <c>vault</c>.
    /// </summary>
    /// <example><code>var password = Secrets.Command("sops", "--decrypt", "--extract", "[\"db\"]", "secrets.yaml");</code></example>
    /// <param name="commandLine">The command and its arguments; no shell reads them. It runs in the current directory. Environment
    /// variables that are themselves secrets of the recipe are removed.</param>
    public Secret Command(params IReadOnlyList<string> commandLine)
    {
        var shown = string.Join(' ', commandLine.Select(Shell.Quote));
        return Declare(shown, $"command {shown}", () => local.Command(commandLine, redaction.Variables));
    }

    /// <summary>A value that the user types, without echo, when the run begins.</summary>
    /// <param name="question">The question: <c>database password</c>.</param>
    public Secret Prompt(string question) => Declare(question, $"prompt \"{question}\"", () => local.Prompt(question));

    /// <summary>Reads the secrets that were declared and not read yet.</summary>
    /// <param name="except">The secrets that this run does not need.</param>
    /// <exception cref="RecipeException">A secret cannot be read.</exception>
    public void Read(IEnumerable<Secret> except)
    {
        foreach (var secret in All.Except(except))
        {
            _ = key.Value;
            secret.Reveal();
        }
    }

    Secret Declare(string name, string origin, Func<string> read, string? variable = null)
    {
        var source = RecipeTrace.Here();
        Secret secret = new(name, origin, () => Read(read, origin, source), key) { Variable = variable };
        lock (gate)
            all.Add(secret);
        redaction.Add(secret);
        return secret;
    }

    static string Read(Func<string> read, string origin, SourceLine? source)
    {
        try
        {
            return read() is { Length: > 0 } value ? value : throw new RecipeException("it is empty");
        }
        catch (RecipeException failed) when (failed.At is null)
        {
            throw new RecipeException($"the secret of {origin} cannot be read: {failed.Message}", source);
        }
    }
}

/// <summary>The machine that <c>cfg</c> runs on, as a source of secrets.</summary>
interface ILocalSecrets
{
    /// <summary>The key for this user's digests: 32 bytes that only this user knows, the same in every run.</summary>
    ReadOnlyMemory<byte> DigestKey { get; }

    /// <summary>An environment variable; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>A file's text, without its last line end.</summary>
    /// <exception cref="RecipeException">The file cannot be read.</exception>
    string File(string path, string script);

    /// <summary>A command's output, without its last line end.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="withheld">Variables that are removed from its environment.</param>
    /// <exception cref="RecipeException">The command cannot be started, fails, or does not end in time.</exception>
    string Command(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld);

    /// <summary>A value that the user types.</summary>
    /// <exception cref="RecipeException">There is no terminal to ask on.</exception>
    string Prompt(string question);
}
