using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Scripting;

/// <summary>
/// Compiles a recipe with everything that it loads. Only this folder, Diagnosing and the language server use the compiler.
/// </summary>
static class RecipeCompiler
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>How scripts are read.</summary>
    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The files that the scripts of a recipe name.</summary>
    public static IEnumerable<LocalCall> LocalCallsIn(ScriptSet scripts) =>
        scripts.Scripts.SelectMany(script => LocalCalls.In(script, Parse));

    /// <summary>Without a mark at the beginning: debug information has the digest of a script, and its file has no such mark.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    // The parser guards against deep nesting only in part: 10,000 open brackets overflow a stack of the usual size.
    const int StackSize = 64 << 20;

    public static CompiledRecipe Compile(ScriptSet scripts, Detail detail, CancellationToken ct) =>
        OnOwnThread(scripts, stop => CompileWithin(scripts, detail, stop), ct);

    /// <summary>
    /// Compiles a recipe that has no errors so that its branches can be seen when it runs; null where what is written into it for that
    /// does not fit into its code.
    /// </summary>
    public static CompiledRecipe? Tapped(ScriptSet scripts, CancellationToken ct) =>
        OnOwnThread(scripts, stop => TappedWithin(scripts, stop), ct);

    static T OnOwnThread<T>(ScriptSet scripts, Func<CancellationToken, T> compile, CancellationToken ct)
    {
        // The compiler uses only the machine's clock.
        using CancellationTokenSource expired = new(Limit, TimeProvider.System);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, expired.Token);
        TaskCompletionSource<T> outcome = new();
        new Thread(() => Complete(outcome, () => compile(limited.Token)), StackSize)
        {
            IsBackground = true,
            Name = $"compile {scripts.Recipe.Name}",
        }.Start();
        try
        {
            Task.WaitAny([outcome.Task], limited.Token);
            return outcome.Task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RecipeException(
                $"the compiler was still busy after {Limit.TotalMinutes:0} minutes",
                new(scripts.Recipe.Name, 1),
                hint: "split what is deeply nested into functions"
            );
        }
        catch (Exception failed) when (failed is not (CfgException or OperationCanceledException))
        {
            throw new RecipeException(
                $"the C# compiler failed on this recipe: {failed.Message} ({failed.GetType().Name})",
                new(scripts.Recipe.Name, 1),
                hint: "this is a defect of cfg or of the compiler: please report it with the recipe",
                inner: failed
            );
        }
    }

    static void Complete<T>(TaskCompletionSource<T> outcome, Func<T> compile)
    {
        try
        {
            outcome.TrySetResult(compile());
        }
        catch (Exception failed)
        {
            outcome.TrySetException(failed);
        }
    }

    static CompiledRecipe? TappedWithin(ScriptSet scripts, CancellationToken ct)
    {
        var trees = scripts.Scripts.Select(script => Tree(script, script.Text, ct)).ToList();
        ResourceTypes resources = new(trees.Select(tree => tree.GetRoot(ct)));
        var original = scripts.Scripts.ToDictionary(script => script.Name, script => script.Text);
        foreach (var references in (IReadOnlyList<MetadataReference>[])[References.Few, References.All])
        {
            Taps taps = new(new(() => Compilation(scripts, original, references, ct)));
            var texts = trees.ToDictionary(tree => tree.FilePath, tree => Places.WriteInto(tree, resources, Detail.Lines, taps));
            texts[scripts.Recipe.Name] = Taps.Load(texts[scripts.Recipe.Name], scripts.Recipe.Name);
            texts[Taps.Path] = Taps.Script;
            if (Emit(Compilation(scripts, texts, references, ct), ct).Compiled is { } compiled)
                return compiled with { Branches = new(taps.All) };
        }

        return null;
    }

    static CompiledRecipe CompileWithin(ScriptSet scripts, Detail detail, CancellationToken ct)
    {
        var trees = scripts.Scripts.Select(script => Tree(script, script.Text, ct)).ToList();
        ResourceTypes resources = new(trees.Select(tree => tree.GetRoot(ct)));
        Diagnosis.ThrowIfAny(trees.SelectMany(tree => tree.GetDiagnostics(ct)), compilation: null, resources);
        Rules.Check(trees[0], trees.Skip(1), resources);

        var original = scripts.Scripts.ToDictionary(script => script.Name, script => script.Text);
        Dictionary<string, string> Placed(Detail most) =>
            trees.ToDictionary(tree => tree.FilePath, tree => Places.WriteInto(tree, resources, most));

        CompiledRecipe? Try(Dictionary<string, string> texts, IReadOnlyList<MetadataReference> references) =>
            Emit(Compilation(scripts, texts, references, ct), ct).Compiled is { } compiled
                ? Checked(compiled, trees, new(() => Compilation(scripts, original, references, ct)))
                : null;

        if (Try(Placed(detail), References.Few) is { } quickly)
            return quickly;

        // Errors are reported for the text as it was written, with all of .NET available.
        var all = References.All;
        var plain = Compilation(scripts, original, all, ct);
        var (unplaced, diagnostics) = Emit(plain, ct);
        Diagnosis.ThrowIfAny(diagnostics, plain, resources);
        // Neither an assembly nor an error means that the recipe is empty.
        return Try(Placed(detail), all)
            ?? (detail is Detail.Nothing ? null : Try(Placed(Detail.Declarations), all))
            ?? (unplaced is null ? CompiledRecipe.Empty : Checked(unplaced, trees, new(plain)));
    }

    static CompiledRecipe Checked(CompiledRecipe compiled, IReadOnlyList<SyntaxTree> written, Lazy<CSharpCompilation> compilation)
    {
        SecretsInText.Check(written, () => compilation.Value);
        OwnProcess.Check(written, () => compilation.Value);
        return compiled with { Warnings = [.. compiled.Warnings, .. Lines(RecipeWarning.In(written, () => compilation.Value))] };
    }

    /// <summary>
    /// The engine's namespaces that a recipe can use without a using: the language, and the layers up to the resources.
    /// </summary>
    static IEnumerable<string> Floors =>
        from type in (Type[])[typeof(Dsl), typeof(Secret), typeof(Shell), typeof(Facts), typeof(Host), typeof(Resources.Package)]
        select type.Namespace;

    static CSharpCompilation Compilation(
        ScriptSet scripts,
        Dictionary<string, string> texts,
        IReadOnlyList<MetadataReference> references,
        CancellationToken ct
    ) =>
        CSharpCompilation.CreateScriptCompilation(
            "recipe",
            Tree(scripts.Recipe, texts[scripts.Recipe.Name], ct),
            references,
            Options(scripts, texts),
            returnType: typeof(object),
            globalsType: typeof(Dsl)
        );

    /// <summary>How scripts are compiled: what they can use without a using, and where their #load and #r lead.</summary>
    /// <param name="scripts">The recipe and what it loads.</param>
    /// <param name="texts">The text of each script by its shown path.</param>
    public static CSharpCompilationOptions Options(ScriptSet scripts, IReadOnlyDictionary<string, string> texts) =>
        new(
            OutputKind.DynamicallyLinkedLibrary,
            usings: ["System", "System.Collections.Generic", "System.Linq", .. Floors],
            // Unoptimised code keeps the lines of exceptions exact, and starts faster.
            optimizationLevel: OptimizationLevel.Debug,
            nullableContextOptions: NullableContextOptions.Enable,
            // A concurrent build waits for threads of the pool. In a process where those threads wait for compilations, that
            // takes long.
            concurrentBuild: false,
            // A call that is not awaited would declare something after the recipe was read.
            specificDiagnosticOptions: [new("CS4014", ReportDiagnostic.Error)],
            sourceReferenceResolver: new LoadResolver(scripts, texts),
            metadataReferenceResolver: new LibraryResolver(scripts),
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default
        );

    static IEnumerable<string> Lines(IEnumerable<Problem> warnings) => warnings.Select(warning => warning.OnOneLine).Distinct();

    static SyntaxTree Tree(ScriptFile script, string text, CancellationToken ct) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Utf8), Parse, script.Name, ct);

    static (CompiledRecipe? Compiled, IReadOnlyList<Diagnostic> Diagnostics) Emit(CSharpCompilation compilation, CancellationToken ct)
    {
        using MemoryStream assembly = new();
        using MemoryStream symbols = new();
        var result = compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb),
            cancellationToken: ct
        );
        return (
            result.Success ? new(assembly.ToArray(), symbols.ToArray()) { Warnings = [.. Lines(OldNames.In(result.Diagnostics))] } : null,
            result.Diagnostics
        );
    }
}
