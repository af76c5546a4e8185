using System.Diagnostics;
using System.Text.Json;

namespace ConfigEngine.Tests.Editing;

/// <summary>A real editor, with nothing but what the manual says: Neovim's own client of the Language Server Protocol.</summary>
public sealed class NeovimTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-neovim-");

    public void Dispose() => directory.Delete(recursive: true);

    [ToolFact("nvim")]
    public async Task Neovim_completes_explains_finds_and_marks()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(directory.FullName, "lib"));
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "lib/web.csx"),
            "/// <summary>A web server with a site.</summary>\nRecipe Web(string name) => new(name, []);\n"
        );
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "site.csx"),
            "#load \"lib/web.csx\"\nOn(\"web\", Web(\"a\"));\nOn(\"web\", new Pakage(\"x\"));\n"
        );
        string[] arguments = ["--headless", "-u", "NONE", "-n", "-i", "NONE", "-c", "set hidden", "-c"];
        ProcessStartInfo start = new(
            "timeout",
            ["200", "nvim", .. arguments, $"luafile {Repository.At("tests/ConfigEngine.Tests/Editing/neovim.lua")}"]
        )
        {
            WorkingDirectory = directory.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CFG"] = $"dotnet {typeof(ConfigEngine.Cli.ExitCode).Assembly.Location} lsp";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(directory.FullName, "cache");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory.FullName, "state");
        using var editor = Process.Start(start) ?? throw new InvalidOperationException();
        editor.StandardInput.Close();
        var output = editor.StandardOutput.ReadToEndAsync();
        var error = await editor.StandardError.ReadToEndAsync();
        await editor.WaitForExitAsync();

        var written = Path.Combine(directory.FullName, "said.json");
        Assert.True(System.IO.File.Exists(written), $"{error}{await output}");
        var said = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(written)).RootElement;
        Assert.StartsWith(
            "3:15 The type or namespace name 'Pakage' could not be found\nhint: did you mean Package?",
            Said("error"),
            StringComparison.Ordinal
        );
        Assert.Equal("web.csx:2", Said("definition"));
        Assert.Contains("A web server with a site.", Said("hover"), StringComparison.Ordinal);
        Assert.Equal("Running", Said("completion"));

        string Said(string what) => said.GetProperty(what).GetString() ?? "";
    }
}
