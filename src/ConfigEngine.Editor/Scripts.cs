using System.Text;
using ConfigEngine.Local;
using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Editor;

/// <summary>
/// Reads scripts for Roslyn's services, with the very options of the recipe compiler. A script is only looked at: no recipe is made
/// into something that could run, so scripts of other users can be read as well; what cfg would not run is marked.
/// </summary>
sealed class Scripts(OpenTexts open) : IDisposable
{
    static readonly Lazy<IReadOnlyList<MetadataReference>> Documented = new(() =>
        [.. References.All.OfType<PortableExecutableReference>().Select(Document)]
    );

    readonly Lazy<AdhocWorkspace> workspace = new(() => new(Services.Make()));
    readonly Lock gate = new();
    readonly Dictionary<string, Script> known = new(StringComparer.Ordinal);

    /// <summary>The directory that paths in messages are relative to; the script's own if null.</summary>
    public string? Root { get; set; }

    /// <summary>An open script as it is now; null if it is not open, or is none that can be looked at.</summary>
    public Script? Find(string path)
    {
        var version = open.Version;
        lock (gate)
        {
            if (open.Find(path) is not { } text || Refusal.Of(text) is not null)
            {
                known.Remove(path);
                return null;
            }

            if (known.TryGetValue(path, out var before) && before.Version == version)
                return before;
            return known[path] = Read(path, version, before);
        }
    }

    /// <summary>A script that is in no file.</summary>
    public Script Example(string text)
    {
        Disk disk = new(Trust.ForRecipes([]), _ => text);
        var set = ScriptSet.Read("/example.csx", new("/", Relative: false), disk);
        return new(0, set, Make(set), []);
    }

    Script Read(string path, int version, Script? before)
    {
        List<Problem> problems = [];
        var set = ScriptSet.Read(
            path,
            new(
                Root is not null && path.StartsWith(Root, StringComparison.Ordinal) ? Root : ScriptPaths.DirectoryOf(path),
                Relative: false
            ),
            new(Trust.ForRecipes(["/"]), open.Find),
            wrong => problems.Add(Problem.Of(wrong))
        );
        problems.AddRange(Doubts(set));
        problems.AddRange(set.Scripts.Skip(1).Select(script => Refusal.Of(script.Text)?.In(script.Name)).OfType<Problem>());
        return new(version, set, before is not null && IsSame(before.Set, set) ? WithText(before, set) : Make(set), problems);
    }

    static Document WithText(Script before, ScriptSet set) =>
        before.Set.Recipe.Text == set.Recipe.Text ? before.Document : before.Document.WithText(Text(set));

    /// <summary>Whether only the text of the script itself is another one.</summary>
    static bool IsSame(ScriptSet one, ScriptSet other) =>
        one.Paths == other.Paths
        && one.Scripts.Skip(1)
            .Select(script => (script.Path, script.Digest))
            .SequenceEqual(other.Scripts.Skip(1).Select(script => (script.Path, script.Digest)))
        && one.Assemblies.Select(library => (library.Path, library.Digest))
            .SequenceEqual(other.Assemblies.Select(library => (library.Path, library.Digest)));

    Document Make(ScriptSet set)
    {
        var project = ProjectId.CreateNewId();
        var id = DocumentId.CreateNewId(project);
        var info = DocumentInfo.Create(
            id,
            Path.GetFileName(set.Recipe.Path),
            sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(Text(set), VersionStamp.Create())),
            filePath: set.Recipe.Name
        );
        var solution = workspace.Value.CurrentSolution.AddProject(
            ProjectInfo.Create(
                project,
                VersionStamp.Create(),
                "recipe",
                "recipe",
                LanguageNames.CSharp,
                compilationOptions: RecipeCompiler.Options(set, set.Scripts.ToDictionary(script => script.Name, TextOf)),
                parseOptions: RecipeCompiler.Parse.WithDocumentationMode(DocumentationMode.Parse),
                documents: [info],
                metadataReferences: Documented.Value,
                isSubmission: true,
                hostObjectType: typeof(Dsl)
            )
        );
        return solution.GetDocument(id) ?? throw new InvalidOperationException("the workspace did not take the script");
    }

    static string TextOf(ScriptFile script) => Refusal.Of(script.Text) is null ? script.Text : "";

    static SourceText Text(ScriptSet set) => SourceText.From(set.Recipe.Text, Encoding.UTF8);

    /// <summary>What cfg would refuse to run, because somebody else can change it.</summary>
    static IEnumerable<Problem> Doubts(ScriptSet set)
    {
        var trust = Trust.ForRecipes([]);
        foreach (var script in set.Scripts.Where(script => File.Exists(script.Path)))
        {
            UntrustedException? doubt = null;
            try
            {
                trust.Find(script.Path);
            }
            catch (UntrustedException untrusted)
            {
                doubt = untrusted;
            }
            catch (IOException)
            {
                // It is there no longer, and the compiler has its text.
            }

            if (doubt is not null)
                yield return new(new(script.Name, 1), $"cfg would not run this script: {doubt.Why}")
                {
                    Hint = doubt.Hint,
                    IsWarning = true,
                };
        }
    }

    static MetadataReference Document(PortableExecutableReference reference) =>
        reference.FilePath is { } path && Path.ChangeExtension(path, ".xml") is var documentation && File.Exists(documentation)
            ? MetadataReference.CreateFromFile(path, documentation: XmlDocumentationProvider.CreateFromFile(documentation))
            : reference;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (workspace.IsValueCreated)
            workspace.Value.Dispose();
    }
}
