using System.Runtime.InteropServices;

namespace ConfigEngine.Cli;

/// <summary>
/// Ctrl-C and its kin. The first one stops a command at once, or, where changes are being made, lets what has begun be
/// finished; the second one always stops at once.
/// </summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly CancellationTokenSource drain = new();
    readonly List<PosixSignalRegistration> registrations = [];
    Action? draining;

    /// <summary>Cancelled when everything should stop at once.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Cancelled when nothing new should begin.</summary>
    public CancellationToken Drain => drain.Token;

    /// <summary>Those that this process gets: from its terminal, its parent, or a terminal that goes away.</summary>
    public static Interrupts OfProcess()
    {
        Interrupts interrupts = new();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            interrupts.registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupts.Raise();
            }));
        }

        return interrupts;
    }

    /// <summary>From now on the first one only keeps new changes from starting.</summary>
    /// <param name="said">Called then, to say so.</param>
    public void DrainFirst(Action said) => draining = said;

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

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
        drain.Dispose();
    }
}
