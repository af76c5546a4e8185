using System.Reflection.Metadata;
using System.Security.Cryptography;
using ConfigEngine.Local;
using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

/// <summary>What a debugger is told of a recipe.</summary>
public sealed class DebuggingTests : IDisposable
{
    const string Recipe = """
        #load "lib.csx"
        var name = "a";

        On("web", host =>
        [
            Made(host.Name),
        ]);
        """;

    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_files_and_lines_are_those_that_were_written()
    {
        folder["site.csx"] = Recipe;
        folder["lib.csx"] = "Package Made(string name)\n{\n    return new(name);\n}\n";
        var paths = ScriptPaths.For(folder["site.csx"]) with { Whole = true };
        var scripts = ScriptSet.Read(folder["site.csx"], paths, new(Trust.ForRecipes([folder.Root])));
        var compiled = RecipeCompiler.Compile(scripts, Detail.Nothing, CancellationToken.None);
        using MemoryStream stream = new(compiled.Symbols);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var symbols = provider.GetMetadataReader();

        foreach (var file in (string[])["site.csx", "lib.csx"])
        {
            var handle = symbols.Documents.Single(one => symbols.GetString(symbols.GetDocument(one).Name) == folder[file]);
            var digest = Convert.ToHexString(symbols.GetBlobBytes(symbols.GetDocument(handle).Hash));
            var bytes = System.IO.File.ReadAllBytes(folder[file]);
#pragma warning disable CA5350 // The compiler's own choice for debug information; it protects nothing.
            Assert.Contains(digest, (string[])[Convert.ToHexString(SHA1.HashData(bytes)), Convert.ToHexString(SHA256.HashData(bytes))]);
#pragma warning restore CA5350
            var lines = symbols
                .MethodDebugInformation.Select(symbols.GetMethodDebugInformation)
                .SelectMany(method => method.GetSequencePoints())
                .Where(point => point.Document == handle && !point.IsHidden)
                .Select(point => point.StartLine)
                .Distinct()
                .Order();
            Assert.Equal(file is "site.csx" ? "2 4 5" : "1 2 3 4", string.Join(' ', lines));
        }
    }

    [Fact]
    public void A_recipe_runs_when_the_debugger_is_there()
    {
        List<string> order = [];
        folder["site.csx"] = "Console.WriteLine(\"runs\");\nHosts(new Host(\"web\"));\nOn(\"web\", new Package(\"x\"));";
        RecipeLoader loader = new(
            new()
            {
                CacheDirectory = null,
                Trusted = [folder.Root],
                BeforeDebugging = () => order.Add("attached"),
                Says = order.Add,
            }
        );
        loader.Load(folder["site.csx"], CancellationToken.None);
        Assert.Equal("attached", order[0]);
        Assert.EndsWith("runs", Assert.Single(order.Skip(1)), StringComparison.Ordinal);
    }
}
