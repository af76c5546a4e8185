using ConfigEngine.Editor.Protocol;
using StreamJsonRpc;

namespace ConfigEngine.Editor;

/// <summary>What an editor can ask: the methods of the Language Server Protocol.</summary>
/// <param name="version">The version of cfg.</param>
/// <param name="open">The open texts.</param>
/// <param name="scripts">The open texts as scripts.</param>
/// <param name="exit">Called when the editor asks the server to end.</param>
sealed class Endpoint(string version, OpenTexts open, Scripts scripts, Action exit)
{
    const int NotInitialized = -32002;
    const int InvalidRequest = -32600;

    readonly Completing completing = new();
    Stage stage;

    /// <summary>Whether the editor said that it ends.</summary>
    public bool IsShutDown => stage is Stage.ShutDown;

    /// <summary>The first request.</summary>
    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    public InitializeAnswer Initialize(InitializeRequest request)
    {
        if (stage is not Stage.New)
            throw new LocalRpcException("this server is initialized already") { ErrorCode = InvalidRequest };
        stage = Stage.Ready;
        scripts.Root = FileUri.PathOf(request.RootUri);
        return new(new(), new("cfg", version));
    }

    /// <summary>The editor has read the answer.</summary>
    [JsonRpcMethod("initialized", UseSingleObjectParameterDeserialization = true)]
    public static void Initialized(object? request) => _ = request;

    /// <summary>The last request.</summary>
    [JsonRpcMethod("shutdown")]
    public object? Shutdown()
    {
        Begin();
        stage = Stage.ShutDown;
        return null;
    }

    /// <summary>The end.</summary>
    [JsonRpcMethod("exit")]
    public void Exit() => exit();

    /// <summary>A script was opened.</summary>
    [JsonRpcMethod("textDocument/didOpen", UseSingleObjectParameterDeserialization = true)]
    public void DidOpen(OpenNotice notice)
    {
        if (stage is Stage.Ready && FileUri.ScriptOf(notice.TextDocument.Uri) is { } path)
            open.Set(path, notice.TextDocument.Text);
    }

    /// <summary>A script was changed.</summary>
    [JsonRpcMethod("textDocument/didChange", UseSingleObjectParameterDeserialization = true)]
    public void DidChange(ChangeNotice notice)
    {
        if (stage is Stage.Ready && FileUri.ScriptOf(notice.TextDocument.Uri) is { } path && notice.ContentChanges is [.., var last])
            open.Set(path, last.Text);
    }

    /// <summary>A script was closed: the file counts again.</summary>
    [JsonRpcMethod("textDocument/didClose", UseSingleObjectParameterDeserialization = true)]
    public void DidClose(DocumentRequest notice)
    {
        if (FileUri.ScriptOf(notice.TextDocument.Uri) is { } path)
            open.Remove(path);
    }

    /// <summary>A script was saved, which a script that loads it may not have known.</summary>
    [JsonRpcMethod("textDocument/didSave", UseSingleObjectParameterDeserialization = true)]
    public void DidSave(DocumentRequest notice) => open.Touch();

    /// <summary>Files were changed by something else than the editor.</summary>
    [JsonRpcMethod("workspace/didChangeWatchedFiles", UseSingleObjectParameterDeserialization = true)]
    public void DidChangeFiles(object? notice) => open.Touch();

    /// <summary>What could be written at a place.</summary>
    [JsonRpcMethod("textDocument/completion", UseSingleObjectParameterDeserialization = true)]
    public Task<Completions?> Complete(CompletionRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => completing.At(script, request.Position, request.Context?.TriggerCharacter, ct));

    /// <summary>The documentation of a completion.</summary>
    [JsonRpcMethod("completionItem/resolve", UseSingleObjectParameterDeserialization = true)]
    public Task<Completion> Resolve(Completion completion, CancellationToken ct)
    {
        Begin();
        return Task.Run(() => completing.Resolved(completion, ct), ct);
    }

    /// <summary>What is known of a place.</summary>
    [JsonRpcMethod("textDocument/hover", UseSingleObjectParameterDeserialization = true)]
    public Task<Hover?> Hover(PositionRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => Meaning.At(script, request.Position, ct));

    /// <summary>Where something is declared.</summary>
    [JsonRpcMethod("textDocument/definition", UseSingleObjectParameterDeserialization = true)]
    public Task<IReadOnlyList<TextLocation>?> Definition(PositionRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => Meaning.DefinitionOf(script, request.Position, ct));

    /// <summary>What a call takes.</summary>
    [JsonRpcMethod("textDocument/signatureHelp", UseSingleObjectParameterDeserialization = true)]
    public Task<SignatureHelp?> SignatureHelp(PositionRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => Signatures.At(script, request.Position, ct));

    /// <summary>The parts of a script.</summary>
    [JsonRpcMethod("textDocument/documentSymbol", UseSingleObjectParameterDeserialization = true)]
    public Task<IReadOnlyList<DocumentSymbol>?> Symbols(DocumentRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => Layout.Parts(script, ct));

    /// <summary>How a script is indented.</summary>
    [JsonRpcMethod("textDocument/formatting", UseSingleObjectParameterDeserialization = true)]
    public Task<IReadOnlyList<TextEdit>?> Format(DocumentRequest request, CancellationToken ct) =>
        Of(request.TextDocument, script => Layout.Formatted(script, ct));

    /// <summary>
    /// Answers about a script as it is when the request comes, while further changes are taken in. About what is no open recipe there
    /// is nothing to say.
    /// </summary>
    Task<T?> Of<T>(Identifier document, Func<Script, Task<T?>> answer)
        where T : class
    {
        Begin();
        return Task.Run(() =>
            FileUri.ScriptOf(document.Uri) is { } path && scripts.Find(path) is { } script ? answer(script) : Task.FromResult<T?>(null)
        );
    }

    void Begin()
    {
        if (stage is Stage.New)
            throw new LocalRpcException("the first request is initialize") { ErrorCode = NotInitialized };
        if (stage is Stage.ShutDown)
            throw new LocalRpcException("this server was shut down") { ErrorCode = InvalidRequest };
    }

    enum Stage
    {
        New,
        Ready,
        ShutDown,
    }
}
