using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using StreamJsonRpc;

namespace ConfigEngine.Tests.Editing;

/// <summary>An editor: it starts <c>cfg lsp</c> as a process, and talks with it over its standard input and output.</summary>
sealed class EditorClient : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process server;
    readonly JsonRpc rpc;
    readonly ConcurrentDictionary<string, JsonElement> diagnostics = new(StringComparer.Ordinal);
    readonly SemaphoreSlim news = new(0);

    EditorClient(string root)
    {
        Root = root;
        server = Start(root);
        SystemTextJsonFormatter formatter = new() { JsonSerializerOptions = new(JsonSerializerDefaults.Web) };
        rpc = new(new HeaderDelimitedMessageHandler(server.StandardInput.BaseStream, server.StandardOutput.BaseStream, formatter));
        rpc.AddLocalRpcMethod(
            "textDocument/publishDiagnostics",
            new Action<string, JsonElement>(
                (uri, diagnostics) =>
                {
                    this.diagnostics[new Uri(uri).LocalPath] = diagnostics;
                    news.Release();
                }
            )
        );
        rpc.StartListening();
    }

    /// <summary>The directory that is open.</summary>
    public string Root { get; }

    /// <summary>The server's process.</summary>
    public Process Server => server;

    /// <summary>An editor that has a directory open.</summary>
    public static async Task<EditorClient> In(string root)
    {
        EditorClient editor = new(root);
        var answer = await editor.Ask(
            "initialize",
            new
            {
                processId = Environment.ProcessId,
                rootUri = Uri(root),
                capabilities = new { },
            }
        );
        Assert.Equal("cfg", answer.GetProperty("serverInfo").GetProperty("name").GetString());
        await editor.Tell("initialized", new { });
        return editor;
    }

    /// <summary>The process by itself.</summary>
    public static Process Start(string root)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ConfigEngine.Cli.ExitCode).Assembly.Location, "lsp"])
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(root, "cache");
        return Process.Start(start) ?? throw new InvalidOperationException();
    }

    public string PathOf(string name) => Path.Combine(Root, name);

    public Task Open(string name, string text) =>
        Tell(
            "textDocument/didOpen",
            new
            {
                textDocument = new
                {
                    uri = Uri(PathOf(name)),
                    languageId = "csharp",
                    version = 1,
                    text,
                },
            }
        );

    public Task Change(string name, string text) =>
        Tell(
            "textDocument/didChange",
            new { textDocument = new { uri = Uri(PathOf(name)), version = 2 }, contentChanges = new[] { new { text } } }
        );

    public Task Close(string name) => Tell("textDocument/didClose", new { textDocument = new { uri = Uri(PathOf(name)) } });

    /// <summary>Writes a text into an open script, and asks about the place of the <c>|</c> in it.</summary>
    public async Task<JsonElement> At(string method, string name, string text, string? typed = null)
    {
        var before = text[..text.IndexOf('|', StringComparison.Ordinal)];
        await Change(name, before + text[(before.Length + 1)..]);
        return await Ask(
            method,
            new
            {
                textDocument = new { uri = Uri(PathOf(name)) },
                position = new { line = before.Count(each => each is '\n'), character = before.Length - (before.LastIndexOf('\n') + 1) },
                context = new { triggerKind = typed is null ? 1 : 2, triggerCharacter = typed },
            }
        );
    }

    /// <summary>The labels of what is offered, as an editor sorts them.</summary>
    public async Task<IReadOnlyList<string>> Offered(string name, string text, string? typed = null)
    {
        var answer = await At("textDocument/completion", name, text, typed);
        return answer.ValueKind is JsonValueKind.Null
            ? []
            :
            [
                .. answer
                    .GetProperty("items")
                    .EnumerateArray()
                    .OrderBy(item => item.GetProperty("sortText").GetString(), StringComparer.Ordinal)
                    .Select(item => item.GetProperty("label").GetString() ?? ""),
            ];
    }

    public Task<JsonElement> Ask(string method, object request) =>
        rpc.InvokeWithParameterObjectAsync<JsonElement>(method, request).WaitAsync(Patience, TimeProvider.System);

    public Task Tell(string method, object notice) => rpc.NotifyWithParameterObjectAsync(method, notice);

    /// <summary>What the server said last to be wrong in a file: <c>2:5-9 error CS0103: …</c>; waits until that is as wanted.</summary>
    public async Task<IReadOnlyList<string>> Problems(string name, Func<IReadOnlyList<string>, bool> wanted)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<string>? found = diagnostics.TryGetValue(PathOf(name), out var list)
                ? [.. list.EnumerateArray().Select(Shown)]
                : null;
            if (found is not null && wanted(found))
                return found;
            Assert.True(
                await news.WaitAsync(Patience - Stopwatch.GetElapsedTime(began)),
                $"the server said last: {(found is null ? "nothing" : string.Join('\n', found))}"
            );
        }
    }

    static string Shown(JsonElement diagnostic)
    {
        var range = diagnostic.GetProperty("range");
        var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
        return $"{start.GetProperty("line").GetInt32() + 1}:{start.GetProperty("character").GetInt32() + 1}-"
            + $"{end.GetProperty("character").GetInt32() + 1} {(diagnostic.GetProperty("severity").GetInt32() == 1 ? "error" : "warning")}"
            + $"{(diagnostic.TryGetProperty("code", out var code) ? $" {code}" : "")}: {diagnostic.GetProperty("message")}";
    }

    public static string Uri(string path) => new Uri(path).AbsoluteUri;

    /// <summary>Ends as the protocol says, and gives the exit code.</summary>
    public async Task<int> End()
    {
        await rpc.InvokeAsync("shutdown").WaitAsync(Patience, TimeProvider.System);
        await rpc.NotifyAsync("exit");
        await server.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return server.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        rpc.Dispose();
        if (!server.HasExited)
            server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        news.Dispose();
    }
}
