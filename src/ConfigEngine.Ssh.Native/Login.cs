using System.Text.RegularExpressions;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ConfigEngine.Ssh.Native;

/// <summary>A login on a wire, from the greeting of sshd until it is accepted.</summary>
/// <param name="settings">The host.</param>
/// <param name="wire">The wire to it.</param>
/// <param name="password">The password for it; null if there is none.</param>
/// <param name="options">How sessions are opened.</param>
sealed partial class Login(HostSettings settings, Wire wire, Secret? password, ConnectorOptions options)
{
    const int LongestBanner = 16 * 1024;

    // A session has its own deadlines. SSH.NET's would also end waiting for a host that is busy and reads its input slowly.
    static readonly TimeSpan NoLimit = TimeSpan.FromMinutes(10);

    /// <summary>Exchanging keys and logging in take a thread each.</summary>
    static readonly SemaphoreSlim Slots = new(16);

    readonly List<AuthenticationMethod> methods = [];
    string banner = "";
    Session? session;

    /// <summary>Logs in.</summary>
    /// <param name="keys">The keys to log in with.</param>
    /// <param name="whose">Whose login it is, for messages; null for the host that a session is for.</param>
    /// <param name="timeout">How long the host may take until its key is known.</param>
    /// <param name="failures">Notices what the host refuses later; null if that does not matter.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="NotUsableException">It did not work.</exception>
    public async Task<SshClient> Run(LoginKeys keys, string? whose, TimeSpan timeout, OpenFailures? failures, CancellationToken ct)
    {
        var (sources, notes) = await Task.Run(() => keys.For(settings), ct);
        Prepare(sources);
        ConnectionInfo info = new(
            "host",
            22,
            settings.User,
            ProxyTypes.Socks5,
            "127.0.0.1",
            wire.Gate.Port,
            "cfg",
            wire.Gate.Password,
            [.. methods.Select(method => new WitnessedMethod(method, used => session = used))]
        )
        {
            Timeout = NoLimit,
            LoggerFactory = failures,
        };
        var known = KnownHosts.Of(settings);
        Algorithms.Set(info, settings, known);
        info.AuthenticationBanner += (_, said) => banner = Shortened(banner + said.BannerMessage);
        HostKeyCheck check = new(settings, known, whose, options.Time);
        SshClient client = new(info);
        client.HostKeyReceived += (_, shown) => check.Judge(shown);
        await Slots.WaitAsync(ct);
        try
        {
            using TimeLimit first = new(timeout, options.Time, ct);
            using TimeLimit all = new(options.OpenDeadline, options.Time, ct);
            await using var impatient = first.Token.Register(() =>
            {
                if (!check.IsAccepted)
                    wire.Cut(TooSlow);
            });
            await using var patient = all.Token.Register(() => wire.Cut(TooSlow));
            await Task.Factory.StartNew(client.Connect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (session is { } asked)
                wire.Watch(() => Pulse.Ask(asked));
            return client;
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            await Closing.Close(client, wire, options.Time);
            ct.ThrowIfCancellationRequested();
            throw new NotUsableException(check.Failure ?? Explain(failed, check, notes));
        }
        finally
        {
            Slots.Release();
        }
    }

    const string TooSlow = "too slow";

    bool IsLate => wire.Cause is TooSlow;

    void Prepare(IReadOnlyList<IPrivateKeySource> sources)
    {
        if (sources.Count > 0)
            methods.Add(new PrivateKeyAuthenticationMethod(settings.User, [.. sources]));
        if (password is not null && settings.UsesPassword)
            methods.Add(new PasswordAuthenticationMethod(settings.User, password.Reveal()));
        if (password is not null && settings.AnswersQuestions)
        {
            KeyboardInteractiveAuthenticationMethod questions = new(settings.User);
            questions.AuthenticationPrompt += (_, asked) => Answer(asked.Prompts, password);
            methods.Add(questions);
        }

        if (settings.Ways is { } ways)
        {
            IReadOnlyList<AuthenticationMethod> wanted =
            [
                .. ways.SelectMany(way => methods.Where(method => method.Name == way)).Distinct(),
            ];
            foreach (var left in methods.Except(wanted))
                left.Dispose();
            methods.Clear();
            methods.AddRange(wanted);
        }

        if (methods.Count == 0)
            methods.Add(new NoneAuthenticationMethod(settings.User));
    }

    /// <summary>Answers a single question whose answer is not shown; anything else is not a question for a password.</summary>
    static void Answer(IReadOnlyList<AuthenticationPrompt> asked, Secret password)
    {
        foreach (var question in asked)
            question.Response = asked.Count == 1 && !question.IsEchoed ? password.Reveal() : "";
    }

    Failure Explain(Exception failed, HostKeyCheck check, IReadOnlyList<string> notes)
    {
        var said = failed.Message;
        var name = settings.Hostname;
        return failed switch
        {
            _ when said.Contains("Too many authentication failures", StringComparison.OrdinalIgnoreCase) => Failures.TooManyKeys(
                settings.Login
            ),
            _ when NothingInCommon().Match(said) is { Success: true } none => Failures.NoAlgorithm(
                name,
                none.Groups["what"].Value,
                none.Groups["offer"].Value
            ),
            SshAuthenticationException when NotReady().IsMatch(banner) => Failures.NotReady(banner.Trim()),
            SshAuthenticationException => Failures.Denied(settings.Login, Tried(said), Hint(notes)),
            _ when !wire.IsGreeted => BeforeGreeting(name),
            _ when !check.IsAccepted => IsLate
                ? Failures.SilentAfterGreeting(name)
                : Failures.EndedBeforeLogin(name, Text.Sentence(said), "sshd's own log there says why."),
            _ when IsLate => Failures.SilentLogin(name, settings.Login),
            _ when NotReady().IsMatch(banner) => Failures.NotReady(banner.Trim()),
            _ => Failures.EndedDuringLogin(name, settings.Login, Text.Ends(banner.Trim())),
        };
    }

    Failure BeforeGreeting(string name) =>
        wire.Before switch
        {
            [var first, ..] when first.StartsWith("Exceeded MaxStartups", StringComparison.Ordinal) => Failures.Full,
            [var first, ..] => Failures.NotSshd(name, first),
            [] when IsLate => Failures.Silent(name),
            [] => Failures.TurnedAway(name),
        };

    /// <summary>The ways to log in that the host offers.</summary>
    string Tried(string said) =>
        methods.Select(method => method.AllowedAuthentications).OfType<string[]>().FirstOrDefault(allowed => allowed.Length > 0)
            is { } offered
            ? string.Join(',', offered)
        : Offered().Match(said) is { Success: true } match ? match.Groups["offer"].Value
        : "nothing";

    string Hint(IReadOnlyList<string> notes) =>
        string.Join(
            "\n  ",
            [
                "cfg uses the keys of ssh's configuration, those in ~/.ssh, and the agent"
                    + (password is null ? ". For a password, use --ask-password." : ", and the password that was given."),
                .. notes.Select(note => $"{note}."),
            ]
        );

    static string Shortened(string text) => text.Length <= LongestBanner ? text : text[..LongestBanner];

    [GeneratedRegex(@"^No matching (?<what>.+?) algorithm \(server offers (?<offer>[^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex NothingInCommon();

    [GeneratedRegex(@"\((?<offer>[a-z][a-z,-]*)\)")]
    private static partial Regex Offered();

    [GeneratedRegex(@"system is booting up|system is going down|not permitted to log in|pam_nologin", RegexOptions.IgnoreCase)]
    private static partial Regex NotReady();
}
