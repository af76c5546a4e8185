using DiffEngine;

namespace ConfigEngine.Cli.Cases;

/// <summary>The user's diff tool, as DiffEngine finds it.</summary>
static class DiffTool
{
    /// <summary>Opens each difference. A case without an accepted page has nothing to compare with, and is not opened.</summary>
    public static async Task Open(TestResults results, Terminal terminal)
    {
        foreach (var one in results.Open.Where(one => one.Outcome is Outcome.Differs))
        {
            var launched = await DiffRunner.LaunchAsync(Path.GetFullPath(one.Case.Received), Path.GetFullPath(one.Case.Verified));
            if (launched is LaunchResult.NoDiffToolFound or LaunchResult.NoEmptyFileForExtension or LaunchResult.Disabled)
            {
                terminal.Warn($"no diff tool was opened ({launched}); DiffEngine has a list of those that it finds");
                return;
            }
        }
    }
}
