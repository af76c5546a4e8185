using System.Diagnostics;
using System.Globalization;

namespace ConfigEngine.Ssh;

/// <summary>A process that a session speaks through. It does not outlive the session.</summary>
sealed class ChildProcess : IAsyncDisposable
{
    static readonly string Deaf = Script.Embedded("deaf.sh", typeof(ChildProcess).Assembly);

    readonly Process process;
    readonly Guardian? guardian;
    readonly TimeProvider time;
    readonly SemaphoreSlim writing = new(1);
    Task last = Task.CompletedTask;

    ChildProcess(Process process, Guardian? guardian, TimeProvider time)
    {
        (this.process, this.guardian, this.time) = (process, guardian, time);
        guardian?.Watch(Id);
    }

    string Id => process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What it prints.</summary>
    public Stream Stdout => process.StandardOutput.BaseStream;

    /// <summary>What it complains of.</summary>
    public Stream Stderr => process.StandardError.BaseStream;

    /// <summary>Starts a command.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="time">The clock by which its end is waited for.</param>
    /// <param name="environment">What it finds in its environment besides.</param>
    /// <param name="guardian">Ends it when this process is killed; nobody does when null.</param>
    /// <param name="withheld">The variables of this process that it does not get.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such command.</exception>
    public static ChildProcess Start(
        IReadOnlyList<string> commandLine,
        TimeProvider time,
        IReadOnlyDictionary<string, string>? environment = null,
        Guardian? guardian = null,
        IEnumerable<string>? withheld = null
    )
    {
        if (!IsCommand(commandLine[0]))
            throw new System.ComponentModel.Win32Exception(2);
        ProcessStartInfo start = new("/bin/sh", ["-c", Deaf, "sh", .. commandLine])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in withheld ?? [])
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{commandLine[0]} did not start");
        return new(process, guardian, time);
    }

    static bool IsCommand(string name) =>
        name.Contains('/')
            ? File.Exists(name)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, name)));

    /// <summary>Writes to its standard input, in the order of the calls.</summary>
    public Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        lock (writing)
            return last = After(last, bytes, ct);
    }

    async Task After(Task before, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.StandardInput.BaseStream.WriteAsync(bytes, ct);
        await process.StandardInput.BaseStream.FlushAsync(ct);
    }

    /// <summary>Closes its standard input: a shell ends when it has read all.</summary>
    public void CloseInput()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already, and its end of the pipe with it.
        }
    }

    /// <summary>Its exit code, if it ends within this time.</summary>
    public async Task<int?> Exited(TimeSpan within)
    {
        using CancellationTokenSource limit = new(within, time);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends it, if it has not ended.</summary>
    public void Kill()
    {
        if (process.HasExited)
            return;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited(TimeSpan.FromSeconds(2));
        guardian?.Leave(Id);
        // Process leaves streams that were asked for to who asked (dotnet/runtime, Process.Close): they would wait for a finalizer.
        CloseInput();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
        writing.Dispose();
    }
}
