using System.Diagnostics;
using Xunit.Abstractions;

namespace ConfigEngine.Tests.Editing;

/// <summary>An editor's help for recipes, as an editor gets it: from <c>cfg lsp</c> as a process.</summary>
public sealed class LanguageServerTests(EditorFixture fixture, ITestOutputHelper output) : IClassFixture<EditorFixture>, IAsyncLifetime
{
    static int tests;

    readonly EditorClient editor = fixture.Editor;
    readonly string site = $"site{Interlocked.Increment(ref tests)}.csx";

    public Task InitializeAsync() => editor.Open(site, "");

    public Task DisposeAsync() => editor.Close(site);

    string At(string name) => fixture.At(name);

    [Fact]
    public async Task The_first_completion_after_new_is_of_resources()
    {
        var began = Stopwatch.GetTimestamp();
        var offered = await editor.Offered(site, "On(\"web\", new |);");
        output.WriteLine($"first completion: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s after the first text");
        began = Stopwatch.GetTimestamp();
        Assert.Equal(offered, await editor.Offered(site, "On(\"web\", new | );"));
        output.WriteLine($"second completion: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        editor.Server.Refresh();
        output.WriteLine(
            $"memory of the server: {editor.Server.WorkingSet64 >> 20} MiB, at most {editor.Server.PeakWorkingSet64 >> 20} MiB"
        );

        Assert.Equal("Acl", offered[0]);
        Assert.True(
            offered.Index().First(each => each.Item is "SystemdUnit").Index < offered.Index().First(each => each.Item is "Action").Index
        );
        Assert.Equal(offered, await editor.Offered(site, "On(\"web\", new |", typed: " "));
        Assert.DoesNotContain("Absent", offered);
        Assert.DoesNotContain("XDocument", offered);
        Assert.Contains("XDocument", await editor.Offered(site, "using System.Xml.Linq;\nvar x = new |"));
    }

    [Fact]
    public async Task Inside_the_braces_of_a_resource_are_its_properties_that_are_not_set_yet()
    {
        var offered = await editor.Offered(site, "On(\"web\", new File(\"/etc/motd\") { Content = \"hi\", | });");
        Assert.Contains("Mode", offered);
        Assert.Contains("Notifies", offered);
        Assert.DoesNotContain("Content", offered);
        Assert.DoesNotContain("Source", offered);
        Assert.Equal(offered, await editor.Offered(site, "On(\"web\", new File(\"/etc/motd\") { Content = \"hi\", |});", typed: " "));
        Assert.Contains("Content", await editor.Offered(site, "On(\"web\", new File(\"/etc/motd\") {|", typed: "{"));
        Assert.Contains("true", await editor.Offered(site, "On(\"web\", new SystemdUnit(\"x.service\") { Running = | });"));
    }

    [Fact]
    public async Task The_facts_of_a_host_are_offered_after_a_dot_with_their_documentation()
    {
        const string Text = "On(\"web\", host => [new File(\"/x\") { Content = $\"{host.Facts.|}\" }]);";
        var offered = await editor.Offered(site, Text, typed: ".");
        foreach (var fact in typeof(Facts).GetProperties().Where(fact => fact.GetMethod is { IsPublic: true, IsStatic: false }))
            Assert.Contains(fact.Name, offered);

        var answer = await editor.At("textDocument/completion", site, Text);
        var memory = answer.GetProperty("items").EnumerateArray().First(item => item.GetProperty("label").GetString() is "Memory");
        var resolved = await editor.Ask("completionItem/resolve", memory);
        Assert.Equal("ByteSize Facts.Memory { get; init; }", resolved.GetProperty("detail").GetString());
        Assert.NotEmpty(resolved.GetProperty("documentation").GetProperty("value").GetString() ?? "");
    }

    [Theory]
    [InlineData("On(\"web\", new Pack|age(\"nginx\"));", "Package.Package(string Name)", "apt, dnf or apk", "new Package(\"nginx\")")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { Ena|bled = true });", "bool? SystemdUnit.Enabled", "boot", "null")]
    [InlineData("O|n(\"web\", new Package(\"nginx\"));", "RecipeBlock On(", "Declares resources for some hosts", "Example:")]
    [InlineData("#load \"lib/web.csx\"\nOn(\"web\", W|eb(\"a\"));", "Recipe Web(string name)", "A web server with a site.", "")]
    public async Task Hovering_shows_the_declaration_its_documentation_and_an_example(string text, params string[] expected)
    {
        var hover = await editor.At("textDocument/hover", site, text);
        var shown = hover.GetProperty("contents").GetProperty("value").GetString() ?? "";
        Assert.All(expected, part => Assert.Contains(part, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "\nOn(\"web\", new File(\"/x\") { Content = \"\", Modus = \"0644\" });",
        "2:42-47 error CS0117: 'File' does not contain a definition for 'Modus'"
    )]
    [InlineData(
        "On(\"web\", new Fil(\"/x\"));",
        "1:15-18 error CS0246: The type or namespace name 'Fil' could not be found\nhint: did you mean File?"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Content = \"\", Mode = \"99\" });", "1:49-57 error: \"99\" is not a file mode")]
    [InlineData("new Package(\"x\");", "1:1-18 error: this Package is for no host\nhint: put it into On")]
    [InlineData("On(\"web\", new Absent(\"/x\"));", "1:15-29 warning: Absent is called NoPath now")]
    [InlineData("On(\"web\", new Package($\"{DateTime.Now}\"));", "1:35-38 warning CFG1001: DateTime.Now is different at every run")]
    [InlineData("var x = 1;\nEnvironment.Exit(x);", "2:1-21 error: Environment.Exit would end cfg itself")]
    [InlineData("#load \"lib/wep.csx\"\nOn(\"web\");", "1:7-20 error: lib/wep.csx does not exist\nhint: did you mean lib/web.csx?")]
    public async Task What_is_wrong_is_told_at_its_place_with_the_words_of_cfg(string text, string expected)
    {
        await editor.Change(site, text);
        var problem = Assert.Single(await editor.Problems(site, problems => problems.Count > 0));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);

        await editor.Change(site, "On(\"web\", new Package(\"x\"));");
        Assert.Empty(await editor.Problems(site, problems => problems.Count == 0));
    }

    [Fact]
    public async Task A_text_that_is_not_saved_counts_also_of_a_script_that_is_loaded()
    {
        await editor.Change(site, "#load \"lib/web.csx\"\nOn(\"web\", Web(\"a\", 8080));");
        Assert.Contains("CS1501", Assert.Single(await editor.Problems(site, problems => problems.Count > 0)), StringComparison.Ordinal);

        await editor.Open("lib/web.csx", "Recipe Web(string name, int port) => new(\"web\", []);");
        Assert.Empty(await editor.Problems(site, problems => problems.Count == 0));

        await editor.Change("lib/web.csx", "Recipe Web(string name, int port) => new(\"web\", [new Pakage(name)]);");
        Assert.Contains(
            "did you mean Package?",
            Assert.Single(await editor.Problems("lib/web.csx", problems => problems.Count > 0)),
            StringComparison.Ordinal
        );

        await editor.Close("lib/web.csx");
        Assert.Contains("CS1501", Assert.Single(await editor.Problems(site, problems => problems.Count > 0)), StringComparison.Ordinal);
        Assert.Empty(await editor.Problems("lib/web.csx", problems => problems.Count == 0));
    }

    [Theory]
    [InlineData("#load \"lib/web.csx\"\nOn(\"web\", W|eb(\"a\"));", "lib/web.csx", 3)]
    [InlineData("#load \"lib/w|eb.csx\"\n", "lib/web.csx", 1)]
    [InlineData("var nginx = new Package(\"nginx\");\n\nOn(\"web\", ngi|nx);", "site.csx", 1)]
    public async Task A_definition_is_found_also_in_what_is_loaded(string text, string file, int line)
    {
        var place = Assert.Single((await editor.At("textDocument/definition", site, text)).EnumerateArray());
        Assert.Equal(EditorClient.Uri(At(file is "site.csx" ? site : file)), place.GetProperty("uri").GetString());
        Assert.Equal(line, place.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32() + 1);
    }

    [Theory]
    [InlineData("On(\"web\", new Pack|age(\"nginx\"));", "public Package(string Name);")]
    [InlineData("On(\"web\", new Package(\"nginx\") { Ver|sion = \"1\" });", "public PackageVersion Version { get; init; }")]
    [InlineData("On(\"web\", host => [new Package(host.Facts.Kern|el)]);", "Kernel { get; init; }")]
    public async Task What_cfg_itself_declares_is_shown_with_its_documentation(string text, string declaration)
    {
        var place = Assert.Single((await editor.At("textDocument/definition", site, text)).EnumerateArray());
        var lines = System.IO.File.ReadAllLines(new Uri(place.GetProperty("uri").GetString() ?? "").LocalPath);
        var line = place.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32();
        Assert.Contains(declaration, lines[line], StringComparison.Ordinal);
        Assert.StartsWith("/// ", lines[line - 1].TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_shows_what_it_takes()
    {
        var help = await editor.At("textDocument/signatureHelp", site, "#load \"lib/web.csx\"\nOn(\"web\", Web(|));");
        Assert.Equal("Recipe Web(string name)", help.GetProperty("signatures")[0].GetProperty("label").GetString());
        Assert.Contains(
            "The name of the site.",
            help.GetProperty("signatures")[0].GetProperty("parameters")[0].ToString(),
            StringComparison.Ordinal
        );

        help = await editor.At("textDocument/signatureHelp", site, "On(\"web\", |");
        Assert.Equal(2, help.GetProperty("signatures").GetArrayLength());
        Assert.Equal(1, help.GetProperty("activeParameter").GetInt32());
    }

    [Fact]
    public async Task The_parts_of_a_script_are_its_blocks_with_their_resources_its_variables_and_its_functions()
    {
        const string Text =
            "var a = new Package(\"a\");\nRecipe F() => new(\"f\", [a]);\nOn(\"web\", new File(\"/x\") { Content = \"\" }, a);|";
        var parts = await editor.At("textDocument/documentSymbol", site, Text);
        Assert.Equal(["a", "F", "On(\"web\")"], parts.EnumerateArray().Select(part => part.GetProperty("name").GetString()));
        Assert.Equal("File \"/x\"", parts[2].GetProperty("children")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Indenting_leaves_what_is_aligned_within_a_line()
    {
        var edits = await editor.At(
            "textDocument/formatting",
            site,
            "On(\"web\",\n  new File(\"/x\")\n     {\n      Content  = \"\",\n    });|"
        );
        Assert.NotEmpty(edits.EnumerateArray());
        Assert.All(edits.EnumerateArray(), edit => Assert.True(string.IsNullOrWhiteSpace(edit.GetProperty("newText").GetString())));
        foreach (var recipe in System.IO.Directory.GetFiles(Repository.At("recipes"), "*.csx", System.IO.SearchOption.AllDirectories))
            Assert.Empty((await editor.At("textDocument/formatting", site, $"{System.IO.File.ReadAllText(recipe)}|")).EnumerateArray());
    }

    [Fact]
    public async Task The_recipes_of_the_house_have_nothing_wrong()
    {
        var recipes = System.IO.Directory.GetFiles(Repository.At("recipes"), "*.csx", System.IO.SearchOption.AllDirectories);
        foreach (var recipe in recipes)
            await editor.Open(recipe, System.IO.File.ReadAllText(recipe));
        foreach (var recipe in recipes)
        {
            // A clone may be where other users can write.
            await editor.Problems(recipe, problems => problems.All(one => one.Contains("would not run", StringComparison.Ordinal)));
            await editor.Close(recipe);
        }
    }
}
