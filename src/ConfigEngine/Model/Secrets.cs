using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>
/// Where a recipe's secrets come from. Each is read once in a run: after the recipe ran, before the first host is touched. A
/// secret that cannot be read is an error with the line that declares it. One line end at the end of a value is not part of it.
/// </summary>
/// <example><code>
/// var password = Secrets.Command("pass", "show", "db/app");
/// Hosts(new Host("db1") { User = "ops", Become = Become.Sudo with { Password = Secrets.Prompt("sudo password of ops") } });
/// On("db1", new File("/etc/app.env") { Content = $"PASSWORD={password}\n", Owner = "app", Mode = "0600" });
/// </code></example>
/// <param name="local">This machine.</param>
/// <param name="redaction">Told of each, so that none is shown.</param>
public sealed class Secrets(ILocalSecrets local, Redaction redaction)
{
    readonly Lock gate = new();
    readonly List<Secret> all = [];
    readonly Lazy<ReadOnlyMemory<byte>> key = new(() => local.DigestKey);

    /// <summary>Those that were declared so far, in order.</summary>
    internal IReadOnlyList<Secret> All
    {
        get
        {
            lock (gate)
                return [.. all];
        }
    }

    /// <summary>A variable of the environment of <c>cfg</c>. What is started on the way to a host does not get it.</summary>
    public Secret Environment(string name) =>
        Declare(
            name,
            $"environment {name}",
            () =>
                local.Variable(name)
                ?? throw new RecipeException($"the environment has no {name}", hint: $"set it for cfg alone: {name}=… cfg plan"),
            variable: name
        );

    /// <summary>A file of this machine, its last line end left out.</summary>
    /// <param name="path">Relative to the script that says it.</param>
    /// <param name="script">Filled in by the compiler.</param>
    public Secret File(string path, [CallerFilePath] string script = "") => Declare(path, $"file {path}", () => local.File(path, script));

    /// <summary>
    /// What a command of this machine prints, its last line end left out: <c>pass</c>, <c>sops</c>, <c>age</c>, <c>vault</c>.
    /// </summary>
    /// <example><code>var password = Secrets.Command("sops", "--decrypt", "--extract", "[\"db\"]", "secrets.yaml");</code></example>
    /// <param name="commandLine">The command and its arguments: no shell reads them. It runs in the current directory, without the
    /// variables that are secrets of the recipe themselves.</param>
    public Secret Command(params IReadOnlyList<string> commandLine)
    {
        var shown = string.Join(' ', commandLine.Select(Shell.Quote));
        return Declare(shown, $"command {shown}", () => local.Command(commandLine, redaction.Variables));
    }

    /// <summary>What somebody types, unseen, when the run begins.</summary>
    /// <param name="question">What to ask for: <c>database password</c>.</param>
    public Secret Prompt(string question) => Declare(question, $"prompt \"{question}\"", () => local.Prompt(question));

    /// <summary>Reads what was declared and not read yet.</summary>
    /// <param name="except">Those that this run has no use for.</param>
    /// <exception cref="RecipeException">One cannot be read.</exception>
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

/// <summary>The machine that <c>cfg</c> runs on, as far as secrets come from it.</summary>
public interface ILocalSecrets
{
    /// <summary>The key of this user's digests: 32 bytes that nobody else knows, the same in every run.</summary>
    ReadOnlyMemory<byte> DigestKey { get; }

    /// <summary>A variable of the environment; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>A file's text, without its last line end.</summary>
    /// <exception cref="RecipeException">It cannot be read.</exception>
    string File(string path, string script);

    /// <summary>What a command prints, without its last line end.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="withheld">Variables that are not in its environment.</param>
    /// <exception cref="RecipeException">It cannot be started, fails, or does not end in time.</exception>
    string Command(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld);

    /// <summary>What somebody types.</summary>
    /// <exception cref="RecipeException">There is nobody to ask.</exception>
    string Prompt(string question);
}
