namespace ConfigEngine.Tests.Applying;

/// <summary>A host may describe one state in other words each time; what it then plans again is the same change, or is not made.</summary>
public sealed class PlannedAgainTests : IDisposable
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-planned-again-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task What_is_described_in_other_words_for_a_while_is_changed_as_planned()
    {
        var report = await Apply(new Restless(PathOf("one"), Looks: 5));

        Assert.Null(report.Error);
        Assert.Equal([$"restless {PathOf("one")}"], report.In(ChangeState.Done));
    }

    [Fact]
    public async Task What_is_described_in_other_words_for_ever_is_not_changed_and_the_error_says_so()
    {
        var report = await Apply(new Restless(PathOf("one"), Looks: 1000));

        Assert.EndsWith(
            "is not as it was when the plan was made; nothing was written.\n"
                + "  It is in the same state, but the host describes it in other words each time. Try again later.",
            report.Error?.Message,
            StringComparison.Ordinal
        );
        Assert.False(System.IO.File.Exists(PathOf("one")));
    }

    string PathOf(string name) => Path.Combine(directory.FullName, name);

    Task<HostReport> Apply(params IReadOnlyList<IDeclaration> resources) => EachApart.Apply(directory.FullName, resources);

    /// <summary>A file; the first looks at it have other words each.</summary>
    sealed record Restless(string Path, int Looks) : Resource<Restless.State>
    {
        public override string Key => Path;

        public sealed record State(bool Made);

        protected override State Desired => new(true);

        protected override Probe<State> Probe =>
            new(
                $"""
                if [ -e {Path} ]; then echo made; exit; fi
                echo >>{Path}.looks; cfg_looks=$(wc -l <{Path}.looks)
                if [ "$cfg_looks" -le {Looks} ]; then echo "look $cfg_looks"; else echo nothing; fi
                """,
                output => new(output.Text is "made\n")
            );

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"touch {Path}")];
    }
}
