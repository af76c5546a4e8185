using System.Text;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

/// <summary>
/// Mistakes that people make in recipes and on the command line, and what they are told: one page. What only a host can tell is not on it:
/// unknown packages, units and owners, directories that are missing, addresses that nobody answers at, and what a saved plan says when its
/// hosts have changed.
/// </summary>
public sealed class MistakeTests : IDisposable
{
    readonly CfgRun cfg = new();
    readonly StringBuilder page = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task What_people_are_told()
    {
        foreach (var (title, recipes) in Mistakes.InRecipes)
        {
            page.AppendLine($"# {title}").AppendLine();
            foreach (var recipe in recipes)
                await Tell(recipe);
        }

        page.AppendLine("# On the command line").AppendLine();
        foreach (var line in Mistakes.OnTheCommandLine)
        {
            cfg.Recipe("On(\"all\");");
            await cfg.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            page.AppendLine($"$ cfg {line}".TrimEnd()).AppendLine(Said()).AppendLine();
        }

        Snapshot.Verify(page.ToString());
    }

    // Code for one host runs when that is planned; everything else is found without one.
    async Task Tell(string recipe)
    {
        var path = cfg.Recipe(recipe);
        cfg.Recipe("Hosts(new Host(\"web1\"), new Host(\"db1\"));", "infra.csx");
        string[] command = recipe.StartsWith("// plan\n", StringComparison.Ordinal) ? ["plan", path, "--local"] : ["check", path];
        var code = await cfg.Run(command);
        page.AppendLine(recipe.Replace("\r", "␍", StringComparison.Ordinal))
            .AppendLine("---")
            .AppendLine(code == 0 ? $"{Said()}\n(accepted)".TrimStart() : Said())
            .AppendLine();
    }

    string Said() => cfg.Error.Replace("DIR/", "", StringComparison.Ordinal).Trim();
}
