using System.Diagnostics;
using System.Globalization;
using ConfigEngine.Local;

namespace ConfigEngine.Ssh;

/// <summary>A process whose standard input goes to a shell. It does not outlive the session.</summary>
sealed class ChildProcess : IShellPipe
{
    static readonly string Deaf = Script.Embedded("deaf.sh", typeof(ChildProcess).Assembly);

    readonly Process process;
    readonly Guardian? guardian;
    readonly TimeProvider time;
    readonly OrderedInput input;

    ChildProcess(Process process, Guardian? guardian, TimeProvider time)
    {
        (this.process, this.guardian, this.time) = (process, guardian, time);
        input = new(Put);
        guardian?.Watch(Id);
    }

    string Id => process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The path of ssh's own log (<c>ssh -E</c>); null if it is not ssh.</summary>
    public string? LogPath { get; init; }

    /// <inheritdoc/>
    public Stream Stdout => process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public Stream Stderr => process.StandardError.BaseStream;

    /// <inheritdoc/>
    public SshLog? Log => LogPath is null ? null : SshLog.Read(LogPath);

    /// <summary>Starts a command.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="time">The clock for waiting for its end.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <param name="guardian">Ends it if this process is killed; it is not ended then when null.</param>
    /// <param name="withheld">The environment variables of this process that it does not get.</param>
    /// <param name="log">The path of ssh's own log; null if it is not ssh.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such command.</exception>
    public static ChildProcess Start(
        IReadOnlyList<string> commandLine,
        TimeProvider time,
        IReadOnlyDictionary<string, string>? environment = null,
        Guardian? guardian = null,
        IEnumerable<string>? withheld = null,
        string? log = null
    )
    {
        if (!Programs.Has(commandLine[0]))
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
        return new(process, guardian, time) { LogPath = log };
    }

    /// <inheritdoc/>
    public Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct) => input.Write(bytes, ct);

    async Task Put(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await process.StandardInput.BaseStream.WriteAsync(bytes, ct);
        await process.StandardInput.BaseStream.FlushAsync(ct);
    }

    /// <inheritdoc/>
    public void CloseInput()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, and its end of the pipe is closed.
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Answered()
    {
        if (LogPath is not null)
            SshLog.Shorten(LogPath);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited(TimeSpan.FromSeconds(2));
        guardian?.Leave(Id);
        // Process does not close streams that were requested (dotnet/runtime, Process.Close); they would wait for a finalizer.
        CloseInput();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
    }
}
