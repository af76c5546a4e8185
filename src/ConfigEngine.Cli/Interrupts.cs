using System.Runtime.InteropServices;

namespace ConfigEngine.Cli;

/// <summary>
/// Ctrl-C and similar signals. The first one stops a command at once; during changes, it lets running steps finish. The second one
/// always stops at once. SIGQUIT (Ctrl-\) and SIGUSR1 stop nothing: they ask for the progress.
/// </summary>
sealed class Interrupts : IDisposable
{
    // .NET has no name for SIGUSR1, and accepts the system's own numbers: signal(7), and signal(3) of macOS.
    static readonly PosixSignal UserOne = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    readonly CancellationTokenSource stop = new();
    readonly CancellationTokenSource drain = new();
    readonly List<PosixSignalRegistration> registrations = [];
    Action? draining;
    Action? asked;

    /// <summary>Cancelled when everything should stop at once.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Cancelled when nothing new should begin.</summary>
    public CancellationToken Drain => drain.Token;

    /// <summary>The signals that this process gets: from its terminal, from its parent, or when a terminal is closed.</summary>
    public static Interrupts OfProcess()
    {
        Interrupts interrupts = new();
        interrupts.Take(interrupts.Raise, PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        interrupts.Take(interrupts.Ask, PosixSignal.SIGQUIT, UserOne);
        return interrupts;
    }

    /// <summary>From now on the first signal only prevents new steps.</summary>
    /// <param name="said">Called when that happens, to print a message.</param>
    public void DrainFirst(Action said) => draining = said;

    /// <summary>From now on this prints the progress.</summary>
    public void WhenAsked(Action say) => asked = say;

    /// <summary>A stop signal came.</summary>
    public void Raise()
    {
        if (draining is { } say && !drain.IsCancellationRequested)
        {
            say();
            drain.Cancel();
        }
        else
        {
            stop.Cancel();
        }
    }

    /// <summary>A signal asked for the progress.</summary>
    public void Ask()
    {
        try
        {
            asked?.Invoke();
        }
        catch (IOException)
        {
            // The output that would show the progress is gone.
        }
    }

    void Take(Action act, params IReadOnlyList<PosixSignal> signals) =>
        registrations.AddRange(
            signals.Select(signal =>
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        act();
                    }
                )
            )
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
        drain.Dispose();
    }
}
