using System.Runtime.InteropServices;

namespace ConfigEngine.Cli;

/// <summary>
/// Ctrl-C and its kin. The first one stops a command at once, or, where changes are being made, lets what has begun be
/// finished; the second one always stops at once. SIGQUIT (Ctrl-\) and SIGUSR1 stop nothing: they ask how far it is.
/// </summary>
sealed class Interrupts : IDisposable
{
    // .NET names no SIGUSR1, and takes a system's own numbers as they are: signal(7), and signal(3) of macOS.
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

    /// <summary>Those that this process gets: from its terminal, its parent, or a terminal that goes away.</summary>
    public static Interrupts OfProcess()
    {
        Interrupts interrupts = new();
        interrupts.Take(interrupts.Raise, PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        interrupts.Take(interrupts.Ask, PosixSignal.SIGQUIT, UserOne);
        return interrupts;
    }

    /// <summary>From now on the first one only keeps new changes from starting.</summary>
    /// <param name="said">Called then, to say so.</param>
    public void DrainFirst(Action said) => draining = said;

    /// <summary>From now on this says how far it is.</summary>
    public void WhenAsked(Action say) => asked = say;

    /// <summary>One of them came.</summary>
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

    /// <summary>Somebody wants to know how far it is.</summary>
    public void Ask()
    {
        try
        {
            asked?.Invoke();
        }
        catch (IOException)
        {
            // Whoever asked has nothing to read it on.
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
