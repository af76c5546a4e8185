using System.Globalization;

namespace ConfigEngine.Ssh;

/// <summary>A request that was sent and is not answered yet.</summary>
/// <param name="Number">Its number in its session.</param>
/// <param name="Request">The request.</param>
sealed record Pending(int Number, Request Request)
{
    /// <summary>Its answer, when it comes.</summary>
    public TaskCompletionSource<Output> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The request in the form that the shell reads.</summary>
    public string Frame =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Request.Resets ? "cfg_halt=; " : "")}cfg_ask {Number} {(long)Request.Deadline.TotalSeconds} "
                + $"'{(Request.Stays ? "stays" : "")}' '{(Request.Chained ? Request.Skipped : "")}' {Shell.Quote(Request.Script)}\n"
        );

    /// <summary>The exit code in an answer's trailer; null if the answer does not belong to this request.</summary>
    public int? ExitIn(string trailer) =>
        trailer.Split(' ') is [var number, var code]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var answered)
        && answered == Number
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exit)
            ? exit
            : null;
}
