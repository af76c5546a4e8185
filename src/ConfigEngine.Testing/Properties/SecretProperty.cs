using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>Finds what of a plan would show a secret: its lines, and everything that hosts would see as a command.</summary>
/// <param name="redaction">The secrets.</param>
sealed class SecretProperty(Redaction redaction)
{
    /// <summary>The resources that show one.</summary>
    /// <param name="plan">The plan.</param>
    public IReadOnlyList<Violation> Of(HostPlan plan) =>
        [
            .. from entry in plan.Entries
            let shown = Texts(entry).Select(one => (one.What, Line: Leak(one.Text))).FirstOrDefault(one => one.Line is not null)
            where shown.Line is not null
            select new Violation(
                plan.Host,
                entry.Resource,
                $"{shown.What} shows a secret: {shown.Line}",
                "put the secret itself where it is needed ($\"password={secret}\" in a Content, or Input), never its text from Reveal()"
            ),
        ];

    /// <summary>The line with a secret, without it; null where there is none.</summary>
    public string? Leak(string text)
    {
        var clean = redaction.Of(text);
        return ReferenceEquals(clean, text) ? null
            : clean.Split('\n').FirstOrDefault(line => line.Contains("(secret ", StringComparison.Ordinal)) is { } line
                ? Text.Excerpt(line.Trim())
            : "(a part of it)";
    }

    static IEnumerable<(string What, string Text)> Texts(Entry entry)
    {
        if (entry is PlannedChange { Change: var change })
        {
            var lines = ChangeText.Of(change, new() { Verbose = true, Diff = DiffDetail.Full });
            yield return ("the plan", string.Join('\n', lines.Select(line => line.ToString())));
            yield return ("its command", string.Join('\n', change.Operations.Select(operation => operation.Script.Text)));
        }

        if (Unknowns.Of(entry.Resource).Count == 0)
            yield return ("its probe", ProbeRequest.Of(entry.Resource, entry.Resource.FirstProbe).Script.Text);
        foreach (var handler in entry.Resource.Notifies)
            yield return ($"the handler \"{handler.Name}\"", handler.Script.Text);
    }
}
