using System.Text;
using StreamJsonRpc;

namespace ConfigEngine.Tests.Editing;

/// <summary>What a language server may meet, and survives or refuses.</summary>
public sealed class LanguageServerFaultTests(EditorFixture fixture) : IClassFixture<EditorFixture>, IDisposable
{
    const string Site = "site.csx";

    static int tests;

    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-editor-");

    public void Dispose() => directory.Delete(recursive: true);

    readonly EditorClient editor = fixture.Editor;

    string At(string name) => Path.Combine(directory.FullName, name);

    [Fact]
    public async Task A_recipe_is_never_run()
    {
        await using var editor = await EditorClient.In(directory.FullName);
        var text =
            $"System.IO.File.WriteAllText(\"{At("ran")}\", \"\");\nOn(\"web\", new Package(\"x\"));\nOn(\"web\", new Pakage(\"x\"));";
        await editor.Open(Site, text);
        Assert.NotEmpty(await editor.Problems(Site, problems => problems.Count > 0));
        Assert.Contains("Package", await editor.Offered(Site, $"{text}\nOn(\"web\", new |"));
        await editor.Change(Site, text.Replace("Pakage", "Package", StringComparison.Ordinal));
        Assert.Empty(await editor.Problems(Site, problems => problems.Count == 0));
        Assert.Equal(0, await editor.End());
        Assert.False(System.IO.File.Exists(At("ran")));
    }

    [Fact]
    public async Task A_recipe_that_others_can_change_is_helped_with_and_marked()
    {
        System.IO.File.WriteAllText(At(Site), "");
        System.IO.File.SetUnixFileMode(directory.FullName, (UnixFileMode)0x1FF);
        await using var editor = await EditorClient.In(directory.FullName);
        await editor.Open(Site, "On(\"web\", new Package(\"x\"));");
        var problem = Assert.Single(await editor.Problems(Site, problems => problems.Count > 0));
        Assert.StartsWith("1:1-29 warning: cfg would not run this script: everybody can write ", problem, StringComparison.Ordinal);
        Assert.Contains("chmod o-w", problem, StringComparison.Ordinal);
        Assert.Contains("Version", await editor.Offered(Site, "On(\"web\", new Package(\"x\") { | });"));
    }

    [Fact]
    public async Task An_endless_stream_of_edits_gets_answers_meanwhile()
    {
        var site = $"fault{Interlocked.Increment(ref tests)}.csx";
        await editor.Open(site, "");
        using CancellationTokenSource stop = new();
        var typing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await editor.Change(site, $"On(\"web\", new Pakage(\"x{i}\"));");
                await Task.Delay(5);
            }
        });
        Assert.Single(await editor.Problems(site, problems => problems.Count > 0));
        await stop.CancelAsync();
        await typing;
        await editor.Change(site, "On(\"web\", new Package(\"x\"));");
        Assert.Empty(await editor.Problems(site, problems => problems.Count == 0));
    }

    [Fact]
    public async Task Texts_that_no_compiler_survives_are_left_alone()
    {
        var site = $"fault{Interlocked.Increment(ref tests)}.csx";
        await editor.Change(site, new string('[', 100_000));
        Assert.Contains(
            "more than 300 brackets",
            Assert.Single(await editor.Problems(site, problems => problems.Count > 0)),
            StringComparison.Ordinal
        );
        Assert.Empty(await editor.Offered(site, $"{new string('(', 10_000)}|"));
        foreach (
            var text in (string[])
                [
                    $"var x = {string.Concat(Enumerable.Repeat("1 + ", 50_000))}1;",
                    $"var x = {string.Concat(Enumerable.Repeat("- ", 20_000))}1;",
                    $"var x = {string.Concat(Enumerable.Repeat("a => ", 20_000))}1;",
                    $"var x = a{string.Concat(Enumerable.Repeat(".b", 50_000))};",
                    string.Concat(Enumerable.Repeat("if (true) ", 20_000)) + ";",
                    string.Concat(Enumerable.Repeat($"#load \"{site}\"\n", 100)),
                    "\0\0\uFEFF\uD800 #if \n #load \"\" \n \"\"\"",
                ]
        )
        {
            await editor.Change(site, text);
            await editor.Problems(site, problems => problems.Count > 0);
            await editor.Ask("textDocument/documentSymbol", new { textDocument = new { uri = EditorClient.Uri(editor.PathOf(site)) } });
            await editor.Change(site, "On(\"web\");");
            await editor.Problems(site, problems => problems.Count == 0);
        }

        Assert.Contains("Package", await editor.Offered(site, "On(\"web\", new |"));
        await editor.Change(site, "On(\"web\");");
        Assert.Empty(await editor.Problems(site, problems => problems.Count == 0));
    }

    [Fact]
    public async Task Requests_that_make_no_sense_get_an_answer_that_says_so()
    {
        var site = $"fault{Interlocked.Increment(ref tests)}.csx";
        await editor.Change(site, "On(\"web\");");
        var error = await Assert.ThrowsAnyAsync<RemoteRpcException>(() => editor.Ask("textDocument/hover", new { }));
        Assert.Contains("missing required properties", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", $"{(error as RemoteInvocationException)?.ErrorData}", StringComparison.Ordinal);
        await Assert.ThrowsAsync<RemoteMethodNotFoundException>(() => editor.Ask("textDocument/nonsense", new { }));
        error = await Assert.ThrowsAnyAsync<RemoteRpcException>(() => editor.Ask("initialize", new { }));
        Assert.Contains("already", error.Message, StringComparison.Ordinal);
        await editor.Tell("$/nonsense", new { });
        await editor.Tell("textDocument/didChange", new { textDocument = 5 });

        foreach (
            var (uri, line, character) in ((string, int, int)[])
                [
                    (EditorClient.Uri(editor.PathOf(site)), int.MaxValue, int.MaxValue),
                    (EditorClient.Uri(editor.PathOf(site)), -1, -1),
                    (EditorClient.Uri(At("other.csx")), 0, 0),
                    ("file:///etc/passwd", 0, 0),
                    ("file://elsewhere/site.csx", 0, 0),
                    ("untitled:Untitled-1", 0, 0),
                    ("nonsense", 0, 0),
                    ("", 0, 0),
                ]
        )
        {
            foreach (var method in (string[])["hover", "completion", "definition", "signatureHelp"])
                await editor.Ask($"textDocument/{method}", new { textDocument = new { uri }, position = new { line, character } });
        }

        Assert.Contains("Package", await editor.Offered(site, "On(\"web\", new |"));
    }

    [Fact]
    public async Task A_file_outside_of_the_directory_is_helped_with_too()
    {
        var elsewhere = System.IO.Directory.CreateTempSubdirectory("cfg-elsewhere-");
        try
        {
            var path = Path.Combine(elsewhere.FullName, "my recipe é.csx");
            await editor.Open(path, "On(\"web\", new Pakage(\"x\"));");
            Assert.Contains(
                "did you mean Package?",
                Assert.Single(await editor.Problems(path, problems => problems.Count > 0)),
                StringComparison.Ordinal
            );
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("hello\r\n\r\n", 1, "error: what the editor sent is not JSON-RPC: ")]
    [InlineData("Content-Length: x\r\n\r\n{}", 1, "error: what the editor sent is not JSON-RPC: ")]
    [InlineData("Content-Length: 5\r\n\r\n{\"a\":", 1, "error: what the editor sent is not JSON-RPC: ")]
    [InlineData("", 0, "")]
    public async Task What_is_not_the_protocol_ends_the_server(string sent, int code, string said)
    {
        using var server = EditorClient.Start(directory.FullName);
        var output = server.StandardOutput.ReadToEndAsync();
        var error = server.StandardError.ReadToEndAsync();
        await server.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(sent));
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        Assert.StartsWith(said, await error, StringComparison.Ordinal);
        Assert.Equal(code, server.ExitCode);
        Assert.DoesNotContain("Unhandled", await error, StringComparison.Ordinal);
        await output;
    }

    [Fact]
    public async Task A_server_whose_editor_is_gone_ends()
    {
        await using var editor = await EditorClient.In(directory.FullName);
        await editor.Open(Site, "On(\"web\", new Pakage(\"x\"));");
        editor.Server.StandardInput.Close();
        await editor.Server.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, editor.Server.ExitCode);
    }
}
