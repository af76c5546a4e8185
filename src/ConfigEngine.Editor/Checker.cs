using ConfigEngine.Editor.Protocol;
using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis.CSharp;
using Diagnostic = ConfigEngine.Editor.Protocol.Diagnostic;

namespace ConfigEngine.Editor;

/// <summary>Says what is wrong in the open scripts, and in those that they load, a moment after the last change.</summary>
sealed class Checker(OpenTexts open, Scripts scripts, TimeProvider time)
{
    // When somebody types, the next letter comes within this time.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    // A client that never stops to send changes gets an answer all the same.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, IReadOnlyList<Diagnostic>> told = new(StringComparer.Ordinal);

    /// <summary>Checks after every change, until it is stopped.</summary>
    /// <param name="tell">Sends what is wrong in one file.</param>
    /// <param name="ct">Stops.</param>
    public async Task Run(Func<Diagnostics, Task> tell, CancellationToken ct)
    {
        while (true)
        {
            await open.Changed(ct);
            var began = time.GetTimestamp();
            int seen;
            do
            {
                seen = open.Version;
                await Task.Delay(Pause, time, ct);
            } while (open.Version != seen && time.GetElapsedTime(began) < Longest);

            foreach (var diagnostics in await Check(ct))
                await tell(diagnostics);
        }
    }

    /// <summary>What is wrong in each file where that is not as it was told last.</summary>
    async Task<IReadOnlyList<Diagnostics>> Check(CancellationToken ct)
    {
        Dictionary<string, List<Diagnostic>> found = new(StringComparer.Ordinal);
        var paths = open.Paths;
        foreach (var path in paths)
            found[path] = open.Find(path) is { } text && Refusal.Of(text) is { } refusal ? [Of(refusal, text)] : [];

        var views = paths.Select(scripts.Find).OfType<Script>().ToList();
        // A library is compiled with the recipe that loads it, and may use what comes before it there.
        var loaded = views.SelectMany(script => script.Loaded).ToHashSet(StringComparer.Ordinal);
        foreach (var script in views.Where(script => !loaded.Contains(script.Path)))
        {
            foreach (var (path, diagnostic) in await Problems(script, ct))
            {
                if (!found.TryGetValue(path, out var list))
                    found[path] = list = [];
                if (!list.Contains(diagnostic))
                    list.Add(diagnostic);
            }
        }

        foreach (var path in told.Keys.Where(path => !found.ContainsKey(path)))
            found[path] = [];
        List<Diagnostics> news =
        [
            .. found
                .Where(file => !told.TryGetValue(file.Key, out var before) || !before.SequenceEqual(file.Value))
                .Select(file => new Diagnostics(FileUri.Of(file.Key), file.Value)),
        ];
        told.Clear();
        foreach (var (path, list) in found.Where(file => file.Value.Count > 0 || paths.Contains(file.Key)))
            told[path] = list;
        return news;
    }

    /// <summary>What is wrong in a script; also that the compiler fails on it, or takes too long.</summary>
    async Task<IReadOnlyList<(string Path, Diagnostic Diagnostic)>> Problems(Script script, CancellationToken ct)
    {
        using CancellationTokenSource expired = new(Limit, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, expired.Token);
        try
        {
            return await Compiled(script, limited.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [Placed(new(null, $"the compiler was still busy after {Limit.TotalSeconds:0} seconds"), script)];
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return [Placed(new(null, $"the C# compiler failed on this recipe: {failed.Message} ({failed.GetType().Name})"), script)];
        }
    }

    static async Task<IReadOnlyList<(string Path, Diagnostic Diagnostic)>> Compiled(Script script, CancellationToken ct)
    {
        var compilation = await script.Document.Project.GetCompilationAsync(ct) as CSharpCompilation;
        var tree = await script.Document.GetSyntaxTreeAsync(ct);
        var compiled = compilation is null || tree is null ? [] : Review.Of(compilation, tree, ct);
        return
        [
            .. script
                .Problems.Concat(compiled)
                // What cfg itself says of a line is clearer than what the compiler says.
                .DistinctBy(problem => (problem.IsWarning, problem.At?.File, problem.At?.Line))
                .Select(problem => Placed(problem, script)),
        ];
    }

    static (string Path, Diagnostic Diagnostic) Placed(Problem problem, Script script)
    {
        var path = problem.At is { } at ? script.Set.Paths.Full(at.File) : script.Path;
        return (path, Of(problem, script.Set.Scripts.FirstOrDefault(one => one.Path == path)?.Text ?? ""));
    }

    static Diagnostic Of(Problem problem, string text) =>
        new(
            problem.Span is { } span ? Script.RangeOf(span) : RestOfLine(problem.At, text),
            problem.IsWarning ? Severity.Warning : Severity.Error,
            problem.Hint is null ? problem.Message : $"{problem.Message}\nhint: {problem.Hint}"
        )
        {
            Code = problem.Code,
        };

    static TextRange RestOfLine(SourceLine? at, string text)
    {
        var line = Math.Max(0, (at?.Line ?? 1) - 1);
        var whole = text.Split('\n').ElementAtOrDefault(line)?.TrimEnd() ?? "";
        var column = at is { Column: > 0 } ? at.Column - 1 : whole.Length - whole.TrimStart().Length;
        return new(new(line, column), new(line, Math.Max(column, whole.Length)));
    }
}
