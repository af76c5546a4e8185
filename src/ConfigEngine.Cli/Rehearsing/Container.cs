using System.Diagnostics;
using System.Globalization;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>A container that stands in for a host: its own systemd, its own network, and a copy-on-write layer over a root.</summary>
sealed class Container : IAsyncDisposable
{
    static readonly string IsUp = EmbeddedText.Read($"{RunFolder.Scripts}is-up.sh");
    static readonly TimeSpan BootDeadline = TimeSpan.FromMinutes(3);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(20);
    static readonly TimeSpan PrepareDeadline = TimeSpan.FromMinutes(15);

    /// <summary>How many lines of a failed command are shown.</summary>
    const int MostSaid = 8;

    readonly string host;
    readonly string directory;
    readonly RunFolder folder;
    readonly HeldProcess process;
    readonly Terminal terminal;

    Container(string host, string directory, RunFolder folder, HeldProcess process, Terminal terminal) =>
        (this.host, this.directory, this.folder, this.process, this.terminal) = (host, directory, folder, process, terminal);

    /// <summary>The command that gives a root shell in it.</summary>
    public IReadOnlyList<string> Shell => ["sh", folder.Script("enter.sh"), directory];

    /// <summary>Boots one, and waits until it is up.</summary>
    /// <param name="host">The host that it stands in for.</param>
    /// <param name="root">The root file system that it begins with.</param>
    /// <param name="network">The network of the rehearsal.</param>
    /// <param name="choice">What it sees of this machine.</param>
    /// <param name="folder">Where it writes.</param>
    /// <param name="terminal">Receives its errors.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="RehearsalException">It does not come up.</exception>
    public static async Task<Container> Boot(
        string host,
        string root,
        Network network,
        RehearsalChoice choice,
        RunFolder folder,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var number = network.NumberOf(host);
        var directory = folder.Of(number);
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(directory, "address"), network.AddressOf(host) + "\n", ct);
        await File.WriteAllTextAsync(Path.Combine(directory, "hosts"), network.Hosts, ct);
        await File.WriteAllTextAsync(
            Path.Combine(directory, "mounts"),
            string.Concat(choice.Mounts.Select(mount => $"{mount.Source}:{mount.Target}\n")),
            ct
        );
        var held = HeldProcess.Start(
            [
                "unshare",
                "--mount",
                "--propagation",
                "slave",
                "--net",
                "sh",
                folder.Script("container.sh"),
                directory,
                NameOf(host, number),
                root,
                Decimal(network.Id),
                choice.Outside is Outside.Open ? Decimal(Environment.ProcessId) : "0",
            ],
            terminal
        );
        Container container = new(host, directory, folder, held, terminal);
        try
        {
            await container.Up(ct);
            foreach (var command in choice.Prepare)
                await container.Prepared(command, ct);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>A name that a kernel takes (hostname(7)).</summary>
    static string NameOf(string host, int number) =>
        host.Length <= 63
        && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')
        && char.IsAsciiLetterOrDigit(host[0])
        && char.IsAsciiLetterOrDigit(host[^1])
            ? host
            : $"host{number}";

    static string Decimal(int number) => number.ToString(CultureInfo.InvariantCulture);

    async Task Up(CancellationToken ct)
    {
        var time = terminal.Time;
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < BootDeadline)
        {
            if (process.Ended)
                throw new RehearsalException($"{host}: its container could not be started\n{Said()}");
            if (await State(ct) is "running" or "degraded")
                return;
            await Task.Delay(Pause, time, ct);
        }

        throw new RehearsalException($"{host}: its container is not up after {Durations.Text(BootDeadline)}\n{Said()}");
    }

    /// <summary>What systemd says of itself in it; empty while it does not answer.</summary>
    async Task<string> State(CancellationToken ct) => (await Run(IsUp, AnswerDeadline, ct)).Said;

    /// <summary>Runs a command of the user in it, as root, before it is planned.</summary>
    /// <exception cref="RehearsalException">It fails, or does not end.</exception>
    async Task Prepared(string command, CancellationToken ct)
    {
        var (exit, said) = await Run(command, PrepareDeadline, ct);
        if (exit is 0)
            return;
        var how = exit is null ? $"did not end within {Durations.Text(PrepareDeadline)}" : $"ended with exit code {exit}";
        var last = Printable.Lines(string.Join('\n', said.Split('\n').TakeLast(MostSaid)));
        throw new RehearsalException($"{host}: --prepare {how}\n  $ {Printable.Line(command)}\n{last}");
    }

    /// <summary>Runs a script in it.</summary>
    /// <returns>Its exit code, null where it did not end in time or the container was not there; and what it said.</returns>
    async Task<(int? Exit, string Said)> Run(string script, TimeSpan deadline, CancellationToken ct)
    {
        ProcessStartInfo start = new(Shell[0], Shell.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in terminal.Redaction.Variables)
            start.Environment.Remove(name);
        using var asked = Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
        using CancellationTokenSource limit = new(deadline, terminal.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var complaints = asked.StandardError.ReadToEndAsync(either.Token);
            await asked.StandardInput.WriteAsync(script.AsMemory(), either.Token);
            asked.StandardInput.Close();
            var said = await asked.StandardOutput.ReadToEndAsync(either.Token) + await complaints;
            await asked.WaitForExitAsync(either.Token);
            return (asked.ExitCode, said.Trim());
        }
        catch (IOException)
        {
            // It is not up, and so nothing reads the question.
            return (null, "");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "");
        }
        finally
        {
            if (!asked.HasExited)
                asked.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The last lines of its console, or why there is none.</summary>
    string Said()
    {
        var console = Path.Combine(directory, "console");
        var lines = File.Exists(console) ? File.ReadLines(console).TakeLast(MostSaid).ToList() : [];
        return Printable.Lines(string.Join('\n', lines.Prepend(process.Complaints).Where(line => line.Length > 0)));
    }
}

/// <summary>A rehearsal cannot go on.</summary>
sealed class RehearsalException(string problem) : CfgException(problem);
