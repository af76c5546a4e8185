namespace ConfigEngine.Tests.Applying;

/// <summary>What is said of a change where the look at it afterwards was killed: nothing that nobody has seen.</summary>
public sealed class LastProbesTests : IDisposable
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-last-look-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task A_change_that_could_not_be_looked_at_is_in_doubt()
    {
        var report = await Apply(new Thing(PathOf("one"), KilledOnce: PathOf("one")));

        Assert.Contains("its probe ended with exit code 137", report.Error?.Message, StringComparison.Ordinal);
        Assert.Equal([$"thing {PathOf("one")}"], report.In(ChangeState.InDoubt));
        Assert.Equal([$"thing {PathOf("one")}"], report.Changes.Select(change => change.Address));
    }

    [Fact]
    public async Task A_change_that_was_seen_stays_done_where_only_the_last_look_was_killed()
    {
        var report = await Apply(
            new Thing(PathOf("one"), KilledOnce: PathOf("two")),
            new Thing(PathOf("two"), KilledOnce: PathOf("never"))
        );

        Assert.Contains($"thing {PathOf("one")}: its probe ended with exit code 137", report.Error?.Message, StringComparison.Ordinal);
        Assert.Equal([$"thing {PathOf("one")}", $"thing {PathOf("two")}"], report.In(ChangeState.Done));
        Assert.False(report.Succeeded);
    }

    string PathOf(string name) => Path.Combine(directory.FullName, name);

    Task<HostReport> Apply(params IReadOnlyList<IDeclaration> resources) => EachApart.Apply(directory.FullName, resources);

    /// <summary>A file, of which whoever looks is killed once another one is there.</summary>
    sealed record Thing(string Path, string KilledOnce) : Resource<Thing.State>
    {
        public override string Key => Path;

        public sealed record State(bool Made);

        protected override State Desired => new(true);

        protected override Probe<State> Probe =>
            new(
                $"[ ! -e {KilledOnce} ] || sh -c 'kill -9 $PPID'\n[ ! -e {Path} ] || echo made",
                output => output.Text is "" ? null : new(true)
            );

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"touch {Path}")];
    }
}
