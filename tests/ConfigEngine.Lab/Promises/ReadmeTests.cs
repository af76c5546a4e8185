using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ConfigEngine.Lab;

/// <summary>The recipe at the top of the README, run as it is printed, prints the plan that is printed below it.</summary>
[Collection("lab")]
public sealed partial class ReadmeTests(Lab lab)
{
    [LabFact]
    public async Task Its_first_recipe_prints_its_plan_and_converges()
    {
        await using var host = await lab.StartHostAsync("bookworm");
        await host.Sh("apt-get -q update");
        using CfgProcess cfg = new(lab.SshConfig);
        var readme = await File.ReadAllTextAsync(Readme());
        var blocks = Blocks().Matches(readme).Select(match => match.Groups["text"].Value).ToList();
        cfg.Write("site.csx", blocks[0]);

        var plan = await cfg.Run(0, "plan", "site.csx", "--host", host.Name);
        var printed = plan.Stdout.Replace(host.Name, "web1", StringComparison.Ordinal);
        Assert.True(Steady(blocks[2]) == Steady(printed), $"the README's plan is now:\n{printed}");

        await cfg.Run(0, "apply", "site.csx", "--host", host.Name, "--yes");
        Assert.Equal("active", await host.Sh("systemctl is-active nginx"));
        await cfg.Run(0, "plan", "site.csx", "--host", host.Name, "--exit-code");
    }

    static string Readme([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../README.md"));

    /// <summary>Without what differs between hosts and days: the number of processors and versions of packages.</summary>
    static string Steady(string plan) => Numbers().Replace(plan, "N");

    [GeneratedRegex("^```\\w+\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\d[\w.:+~-]*")]
    private static partial Regex Numbers();
}
