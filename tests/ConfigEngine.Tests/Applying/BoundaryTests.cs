using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Applying;

/// <summary>Whatever goes wrong on one host, or with who watches, ends that host and nothing else, and nobody waits for ever.</summary>
public sealed class BoundaryTests : IDisposable
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-boundary-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Who_cannot_be_told_of_progress_stops_no_host()
    {
        await using var engine = On(("one", [Touch("one")]), ("two", [Touch("two")]));
        var plan = await engine.Plan(_ => throw new IOException("No space left on device"), default);

        var report = await engine.Apply(plan, _ => throw new IOException("No space left on device"), default, default);

        Assert.True(report.Succeeded);
        Assert.Equal("No space left on device", engine.Unheard?.Message);
        Assert.True(System.IO.File.Exists(PathOf("one")) && System.IO.File.Exists(PathOf("two")));
    }

    [Fact]
    public async Task What_nobody_expected_ends_the_host_where_it_happened_and_who_waits_for_it_is_told()
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoFiles());
        dsl.Hosts(
            new Host("one") { Transport = Transport.Local },
            new Host("two") { Transport = Transport.Local },
            new Host("three") { Transport = Transport.Local }
        );
        var first = dsl.On("one", new Broken("x"));
        dsl.On("two", Touch("two")).After = [first];
        dsl.On("three", Touch("three"));
        await using var engine = Of(catalog);

        var report = await engine
            .Apply(await engine.Plan(_ => { }, default), _ => { }, default, default)
            .WaitAsync(TimeSpan.FromMinutes(2));

        Assert.IsType<DefectException>(report.Hosts[0].Error);
        Assert.Contains(
            "one: something unexpected went wrong (InvalidOperationException): nobody thought of this",
            report.Hosts[0].Error?.Message,
            StringComparison.Ordinal
        );
        Assert.True(report.Hosts[1].IsNotStarted);
        Assert.Equal(
            ["command touch two"],
            [.. report.Hosts[1].In(ChangeState.NotBegun).Select(address => address.Replace(directory.FullName + "/", ""))]
        );
        Assert.True(report.Hosts[2].Succeeded);
    }

    [Fact]
    public async Task A_recipe_that_is_wrong_for_one_host_is_planned_for_the_others()
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoFiles());
        dsl.Hosts(new Host("one") { Transport = Transport.Local }, new Host("two") { Transport = Transport.Local });
        dsl.On("all", host => host.Name is "one" ? throw new RecipeException("not for this one") : [Touch("two")]);
        await using var engine = Of(catalog);

        var plan = await engine.Plan(_ => { }, default);

        Assert.IsType<RecipeException>(plan.Hosts[0].Error);
        Assert.Single(plan.Hosts[1].Changes);
    }

    Command Touch(string name) => new($"touch {PathOf(name)}") { Creates = PathOf(name), Touches = [PathOf(name)] };

    string PathOf(string name) => Path.Combine(directory.FullName, name);

    Engine On(params (string Host, IReadOnlyList<IDeclaration> Resources)[] blocks)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoFiles());
        foreach (var (host, resources) in blocks)
        {
            dsl.Hosts(new Host(host) { Transport = Transport.Local });
            dsl.On(host, resources);
        }

        return Of(catalog);
    }

    Engine Of(Catalog catalog) =>
        new(catalog, catalog.Inventory, new EachApart(directory.FullName), new() { Changes = true, KeepSessions = true });

    /// <summary>A resource with a defect that shows only when it acts.</summary>
    sealed record Broken(string Name) : Resource<Broken.State>
    {
        public override string Key => Name;

        public sealed record State(bool? Done);

        protected override State Desired => new(true);

        protected override Probe<State> Probe => new($"echo no", _ => new(false));

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"true") with { Input = new Content(new byte[1]) }];

        internal override bool IsVerified => throw new InvalidOperationException("nobody thought of this");
    }
}
