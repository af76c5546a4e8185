namespace ConfigEngine.Tests.Editing;

/// <summary>One editor for the tests of a class: a server takes seconds to start, when nothing was compiled ahead.</summary>
public sealed class EditorFixture : IAsyncLifetime
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-editor-");
    EditorClient? editor;

    internal EditorClient Editor => editor ?? throw new InvalidOperationException();

    public string At(string name) => Path.Combine(directory.FullName, name);

    public async Task InitializeAsync()
    {
        System.IO.Directory.CreateDirectory(At("lib"));
        System.IO.File.WriteAllText(
            At("lib/web.csx"),
            """
            /// <summary>A web server with a site.</summary>
            /// <param name="name">The name of the site.</param>
            Recipe Web(string name) => new("web", [new Package("nginx"), new File($"/srv/{name}") { Content = name }]);
            """
        );
        editor = await EditorClient.In(directory.FullName);
        await editor.Open("site.csx", "");
    }

    public async Task DisposeAsync()
    {
        await Editor.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
