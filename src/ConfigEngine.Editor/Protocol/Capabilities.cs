namespace ConfigEngine.Editor.Protocol;

/// <summary>The answer to <c>initialize</c>.</summary>
sealed record InitializeAnswer(Capabilities Capabilities, ServerInfo ServerInfo);

/// <summary>Who answers.</summary>
sealed record ServerInfo(string Name, string Version);

/// <summary>What this server can do.</summary>
sealed record Capabilities
{
    /// <summary>A change is sent as the whole text: recipes are small, and what is whole cannot come apart.</summary>
    public SyncOptions TextDocumentSync { get; } = new(OpenClose: true, Change: 1, Save: true);

    /// <summary>It completes.</summary>
    public CompletionOptions CompletionProvider { get; } = new([".", " ", "{", "\"", "/"], ResolveProvider: true);

    /// <summary>It knows what a call takes.</summary>
    public SignatureOptions SignatureHelpProvider { get; } = new(["(", ","]);

    /// <summary>It knows what things mean.</summary>
    public bool HoverProvider { get; } = true;

    /// <summary>It knows where things are declared.</summary>
    public bool DefinitionProvider { get; } = true;

    /// <summary>It lists what is in a script.</summary>
    public bool DocumentSymbolProvider { get; } = true;

    /// <summary>It indents a script.</summary>
    public bool DocumentFormattingProvider { get; } = true;
}

/// <summary>What the server wants to be told of texts.</summary>
sealed record SyncOptions(bool OpenClose, int Change, bool Save);

/// <summary>The characters that ask for completion.</summary>
sealed record CompletionOptions(IReadOnlyList<string> TriggerCharacters, bool ResolveProvider);

/// <summary>The characters that ask what a call takes.</summary>
sealed record SignatureOptions(IReadOnlyList<string> TriggerCharacters);
