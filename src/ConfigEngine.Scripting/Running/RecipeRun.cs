using System.Reflection;
using System.Runtime;

namespace ConfigEngine.Scripting;

/// <summary>Runs a recipe's code within limits, on a thread that cannot keep the process alive.</summary>
sealed class RecipeRun
{
    const int StackSize = 16 << 20;

    // The time in which a thread can be stopped; a thread that waits in the operating system is left running.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    readonly TaskCompletionSource<Exception?> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs a whole recipe.</summary>
    public static void Run(
        CompiledRecipe compiled,
        ScriptSet scripts,
        Catalog catalog,
        Dsl globals,
        RecipeLimits limits,
        CancellationToken ct
    )
    {
        if (compiled.Assembly.Length == 0)
            return;
        var thrown = new RecipeRun().Within(
            limits,
            scripts.Recipe.Name,
            () => RecipeContext.Load(compiled, scripts, catalog)([globals, null]).GetAwaiter().GetResult(),
            stopped => TooLong(limits.Time, scripts, catalog, stopped),
            ct
        );
        if (thrown is not null)
            throw RecipeTrace.Explain(Cause(thrown), new(scripts.Recipe.Name, 1));
    }

    /// <summary>Runs some code within limits, and returns its exception.</summary>
    public Exception? Within(
        RecipeLimits limits,
        string name,
        Action code,
        Func<Exception?, RecipeException> tooLong,
        CancellationToken ct
    )
    {
        using CancellationTokenSource stop = new();
        var stopped = stop.Token;
        Thread thread = new(() => Body(() => RecipeConsole.For(limits.Says, code), stopped), StackSize)
        {
            IsBackground = true,
            Name = $"recipe {name}",
        };
        thread.Start();
        if (Wait(limits.Time, ct))
            return outcome.Task.Result;

        // A waiting thread is interrupted; a computing thread is cancelled. Cancel returns when the thread has stopped, which may
        // never happen.
        thread.Interrupt();
        if (!Wait(Grace / 4, CancellationToken.None))
            new Thread(stop.Cancel) { IsBackground = true }.Start();
        var ended = Wait(Grace, CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        throw tooLong(ended ? outcome.Task.Result : null);
    }

    void Body(Action recipe, CancellationToken stop)
    {
        Exception? thrown = null;
        try
        {
#pragma warning disable SYSLIB0046 // Made for this: it stops code that never ends, in a process that is about to say so and exit.
            ControlledExecution.Run(
                () =>
                {
                    try
                    {
                        recipe();
                    }
                    catch (Exception failed)
                    {
                        thrown = failed;
                    }
                },
                stop
            );
#pragma warning restore SYSLIB0046
        }
        catch (Exception failed)
        {
            thrown ??= failed;
        }

        outcome.SetResult(thrown);
    }

    bool Wait(TimeSpan limit, CancellationToken ct)
    {
        try
        {
            return outcome.Task.Wait(limit, ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static RecipeException TooLong(TimeSpan limit, ScriptSet scripts, Catalog catalog, Exception? stopped)
    {
        var at = stopped is null ? null : RecipeTrace.Explain(stopped, null).At;
        var last = LastDeclared(catalog);
        return new(
            $"the recipe was still running after {limit.TotalSeconds:0.##} s"
                + (at is null && last is not null ? $"; the last that it declared was {last}" : ""),
            at ?? new(scripts.Recipe.Name, 1),
            hint: "a recipe only declares: it waits for nothing, and its loops end"
        );
    }

    // The recipe may still be running and declaring.
    static string? LastDeclared(Catalog catalog)
    {
        try
        {
            return catalog.Blocks is [.., var last] ? last.Name : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    internal static Exception Cause(Exception thrown) =>
        thrown switch
        {
            TypeInitializationException { InnerException: { } cause } => Cause(cause),
            TargetInvocationException { InnerException: { } cause } => Cause(cause),
            AggregateException { InnerExceptions: [var cause] } => Cause(cause),
            _ => thrown,
        };
}

/// <summary>The limits of a recipe's code.</summary>
/// <param name="Time">How long it may run.</param>
/// <param name="Says">Receives each printed line with its place; standard error when null.</param>
sealed record RecipeLimits(TimeSpan Time, Action<string>? Says);
