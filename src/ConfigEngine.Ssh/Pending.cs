using System.Globalization;

namespace ConfigEngine.Ssh;

/// <summary>A request that was sent and is not answered yet.</summary>
/// <param name="Number">Which one it is in its session.</param>
/// <param name="Request">The request.</param>
sealed record Pending(int Number, Request Request)
{
    /// <summary>Its answer, when that comes.</summary>
    public TaskCompletionSource<Output> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The request as the shell reads it.</summary>
    public string Frame =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Request.Resets ? "cfg_halt=; " : "")}cfg_ask {Number} {(long)Request.Deadline.TotalSeconds} "
                + $"'{(Request.Stays ? "stays" : "")}' '{(Request.Chained ? Request.Skipped : "")}' {Shell.Quote(Request.Script)}\n"
        );

    /// <summary>The exit code that an answer's trailer tells; null where it is no answer to this request.</summary>
    public int? ExitIn(string trailer) =>
        trailer.Split(' ') is [var number, var code]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var answered)
        && answered == Number
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exit)
            ? exit
            : null;
}
