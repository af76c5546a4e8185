using System.Globalization;
using System.Text.Json;

namespace ConfigEngine.Model;

/// <summary>
/// A host's answer to a question of the recipe (<see cref="HostView.Ask"/>). A failed command becomes an error of that host only
/// when the answer is read; reading only <see cref="Succeeded"/> is not an error.
/// </summary>
/// <example><code>
/// On("db", host => [When(host.Ask($"df --output=avail -B1M /srv | tail -n 1").Number > 500, new Package("postgresql"))]);
/// </code></example>
public sealed class Answer
{
    readonly Func<Output> said;
    readonly Func<string, AskFailedException> failed;

    internal Answer(string host, ProbeRequest request, SourceLine? at, Func<Output> said)
    {
        this.said = said;
        failed = problem => new(host, request.What, problem, at);
    }

    /// <summary>Whether the command ended with exit code 0.</summary>
    public bool Succeeded => said().Exit == 0;

    /// <summary>The command's output, without the last line end.</summary>
    /// <exception cref="AskFailedException">The command failed, or its output is not UTF-8.</exception>
    public string Text => Read(output => output.Text.TrimEnd('\n'));

    /// <summary>The lines of the command's output; none where the output is empty.</summary>
    /// <exception cref="AskFailedException">The command failed, or its output is not UTF-8.</exception>
    public IReadOnlyList<string> Lines => Read(output => output.Lines);

    /// <summary>The command's output as a whole number.</summary>
    /// <exception cref="AskFailedException">The command failed, or its output is not a number.</exception>
    public long Number =>
        Read(output =>
            long.TryParse(output.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new UnexpectedOutputException($"expected a whole number, got \"{Values.Text.Excerpt(output.Text.TrimEnd('\n'))}\"")
        );

    /// <summary>The command's output as JSON: <c>host.Ask($"ip -j route").Json[0].GetProperty("gateway").GetString()</c>.</summary>
    /// <exception cref="AskFailedException">The command failed, or its output is not JSON.</exception>
    public JsonElement Json =>
        Read(output =>
        {
            try
            {
                return JsonElement.Parse(output.Text);
            }
            catch (JsonException wrong)
            {
                throw new UnexpectedOutputException(
                    $"expected JSON, got \"{Values.Text.Excerpt(output.Text.TrimEnd('\n'))}\": {wrong.Message}"
                );
            }
        });

    T Read<T>(Func<Output, T> read)
    {
        var output = said();
        if (output.Exit == ProbeRequest.UserMissing)
            throw failed("the user that it is to be asked as does not exist there");
        if (output.Exit != 0)
            throw failed(
                $"it ended with exit code {output.Exit}{(output.Said is { Length: > 0 } complaint ? $": {complaint}" : "")}\n  hint: "
                    + $"where that may be, look at Succeeded first"
            );
        try
        {
            return read(output);
        }
        catch (UnexpectedOutputException unexpected)
        {
            throw failed(unexpected.Message);
        }
    }
}
