using System.Diagnostics;

namespace ConfigEngine.Tests.Resources;

/// <summary>Everything that a resource would have a host's shell run.</summary>
static class Scripts
{
    /// <summary>
    /// A resource's scripts: its probe, the cheaper question for what it expects, its operations from nothing, its handlers.
    /// </summary>
    public static IReadOnlyList<string> Of(Resource resource)
    {
        List<Shell?> scripts = [];
        var probe = resource.FirstProbe;
        scripts.AddRange([probe.Prelude, ProbeRequest.Of(resource, probe).Script]);
        if (resource.Compare(new(null)) is { } draft)
        {
            var expecting = resource.ProbeFor(draft.After);
            scripts.AddRange([expecting.Prelude, ProbeRequest.Of(resource, expecting).Script]);
            scripts.AddRange(draft.Operations.Select(operation => operation.Script));
            foreach (var batch in draft.Operations.Select(operation => operation.Batch).OfType<Batch>())
                scripts.AddRange([batch.Together([batch.Item]).Script, batch.Simulate?.Invoke([batch.Item])]);
        }

        scripts.AddRange(
            resource
                .GetType()
                .GetProperties()
                .Where(property => property.PropertyType == typeof(Handler))
                .Select(property => (property.GetValue(resource) as Handler)?.Script)
        );
        return [.. scripts.OfType<Shell>().Select(script => Probing.ScriptFor(script, null, resource.As)).Distinct()];
    }

    /// <summary>The same; nothing of a resource whose example cannot be planned from nothing.</summary>
    public static IReadOnlyList<string> Attempt(Resource resource)
    {
        try
        {
            return Of(resource);
        }
        catch (Exception error) when (error is UnexpectedOutputException or CfgException)
        {
            return [];
        }
    }

    /// <summary>
    /// What a real shell says against scripts, without running them: a few processes for all, and more only to find the culprit.
    /// </summary>
    public static IReadOnlyList<string> SyntaxErrors(IReadOnlyList<string> scripts)
    {
        if (scripts.Count == 0 || Complaint(string.Concat(scripts.Select(script => $"(\n{script}\n)\n"))) is not { } complaint)
            return [];
        return scripts.Count == 1
            ? [$"{complaint.Trim()}\n{scripts[0]}"]
            : [.. SyntaxErrors([.. scripts.Take(scripts.Count / 2)]), .. SyntaxErrors([.. scripts.Skip(scripts.Count / 2)])];
    }

    static string? Complaint(string script)
    {
        var file = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(file, script);
            using var shell =
                Process.Start(new ProcessStartInfo("sh", ["-n", file]) { RedirectStandardError = true })
                ?? throw new InvalidOperationException("there is no sh");
            var error = shell.StandardError.ReadToEnd();
            shell.WaitForExit();
            return shell.ExitCode == 0 ? null : error;
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }
}
