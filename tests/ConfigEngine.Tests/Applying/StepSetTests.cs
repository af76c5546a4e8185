using Command = ConfigEngine.Resources.Command;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests.Applying;

/// <summary>Which adjacent changes are made in a set, and of which of them the file is prepared.</summary>
public sealed class StepSetTests
{
    [Fact]
    public async Task Files_apart_from_each_other_are_in_one_set() =>
        Assert.Equal(["/a/one* /a/two* /b/three*"], await Sets(place => [At(place, "a/one"), At(place, "a/two"), At(place, "b/three")]));

    [Fact]
    public async Task What_is_in_a_directory_waits_for_the_directory() =>
        Assert.Equal(
            ["/new", "/new/one* /new/two* /a/three*"],
            await Sets(place => [new Directory($"{place}/new"), At(place, "new/one"), At(place, "new/two"), At(place, "a/three")])
        );

    [Fact]
    public async Task A_command_ends_a_set() =>
        Assert.Equal(
            ["/a/one* /a/two*", "true"],
            await Sets(place => [At(place, "a/one"), At(place, "a/two"), new Command($"true") { Unless = $"false" }])
        );

    [Fact]
    public async Task What_is_checked_tried_again_or_done_as_somebody_else_is_alone() =>
        Assert.Equal(
            ["/a/one* /a/two*", "/a/checked", "/a/tried", "/a/theirs", "/a/three* /a/four*"],
            await Sets(place =>
                [
                    At(place, "a/one"),
                    At(place, "a/two"),
                    At(place, "a/checked") with
                    {
                        Validate = $"grep -q text \"$cfg_new\"",
                    },
                    At(place, "a/tried") with
                    {
                        Retries = 2,
                    },
                    At(place, "a/theirs") with
                    {
                        As = Environment.UserName,
                    },
                    At(place, "a/three"),
                    At(place, "a/four"),
                ]
            )
        );

    /// <summary>They are in the set, and are written by their steps.</summary>
    [Fact]
    public async Task Secret_and_large_files_are_not_prepared() =>
        Assert.Equal(
            ["/a/one* /a/secret /a/large /a/two*"],
            await Sets(place =>
                [
                    At(place, "a/one"),
                    At(place, "a/secret") with
                    {
                        Content = $"{new Secret("the test", () => "open sesame")}\n",
                    },
                    At(place, "a/large") with
                    {
                        Content = new string('x', 64 * 1024 + 1),
                    },
                    At(place, "a/two"),
                ]
            )
        );

    static File At(string place, string path) => new($"{place}/{path}") { Content = "text\n" };

    /// <summary>The sets that the changes are made in, with a star where a file is prepared.</summary>
    static async Task<IEnumerable<string>> Sets(Func<string, IReadOnlyList<IDeclaration>> resources)
    {
        var place = System.IO.Directory.CreateTempSubdirectory("cfg-sets-").FullName;
        try
        {
            System.IO.Directory.CreateDirectory($"{place}/a");
            System.IO.Directory.CreateDirectory($"{place}/b");
            var plan = await EachApart.Plan(place, resources(place));
            var steps = Step.Of(plan.Blocks.SelectMany(block => block.Entries).OfType<PlannedChange>());
            return StepSet
                .Of(steps)
                .Select(set =>
                    string.Join(
                        ' ',
                        set.Steps.Select(step =>
                            step.Entries[0].Resource.Key.Replace(place, "", StringComparison.Ordinal) + (set.Prepares(step) ? "*" : "")
                        )
                    )
                )
                .ToList();
        }
        finally
        {
            System.IO.Directory.Delete(place, recursive: true);
        }
    }
}
