using System.Text;

namespace ConfigEngine.Cli.Running;

/// <summary>The result of a command on one host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Exit">Its exit code; null where that is not known.</param>
/// <param name="Stdout">Its standard output; bytes that are not UTF-8 are shown as replacement characters.</param>
/// <param name="Stderr">Its standard error.</param>
/// <param name="Error">Why there is no exit code; null where there is one.</param>
sealed record ExecAnswer(string Host, int? Exit, string Stdout, string Stderr, string? Error)
{
    /// <summary>The answer of a host.</summary>
    public static ExecAnswer Of(string host, Output output) =>
        new(host, output.Exit, Encoding.UTF8.GetString(output.Stdout.Span), output.Error, null);
}
