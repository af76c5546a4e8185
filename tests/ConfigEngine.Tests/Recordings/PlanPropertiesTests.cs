using ConfigEngine.Resources;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Recordings;

/// <summary>Each property of every plan, with a recipe that violates it.</summary>
public sealed class PlanPropertiesTests
{
    static PlanProperties Of(params IReadOnlyList<(Resource Resource, string Answer)> resources)
    {
        IReadOnlyList<Resource> placed =
        [
            .. resources.Select((one, i) => (Resource)one.Resource with { Source = new("site.csx", i + 1, 5) }),
        ];
        Dictionary<ProbeRequest, Output> answers = [];
        foreach (var (resource, answer) in placed.Zip(resources.Select(one => one.Answer)))
            answers[Planner.Probes([resource])[0]] = Output.Of(answer);
        return new(Planner.Plan("web1", [(1, placed)], answers, []), answers, null);
    }

    static void Is(string expected, PlanProperties properties) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', properties.Violations));

    static string File(string text)
    {
        Content bytes = text;
        return $"file|644|root|root|{bytes.Length}|{bytes.Digest}\nmissing\n{text}";
    }

    [Fact]
    public void A_plan_that_settles_has_nothing_wrong() =>
        Is("", Of((new Line("/etc/conf", "b"), File("a\n")), (new Line("/etc/conf", "c"), File("a\n")), (new Schema("a", 1), "0")));

    [Fact]
    public void A_command_without_a_guard() =>
        Is(
            """
            site.csx(1,5): web1: command date: it is done at every apply, so a second plan is never empty
              hint: give it a guard (Creates, Unless or OnlyIf), or allow it: Expect("web1").MayRepeat("command date", because: "…")
            """,
            Of((new Command($"date"), "done=false\n"))
        );

    [Fact]
    public void A_line_that_a_later_one_undoes() =>
        Is(
            """
            site.csx(1,5): web1: line /etc/hosts: 127.0.0.9 nine: a second apply would change it again: content
              hint: keep only one of the two; no-line /etc/hosts: /^127.*9/ is declared after it at site.csx(2,5), and leaves it otherwise
            """,
            Of(
                (new Line("/etc/hosts", "127.0.0.9 nine"), File("127.0.0.1 localhost\n")),
                (new NoLine("/etc/hosts") { Matching = @"^127.*9" }, File("127.0.0.1 localhost\n"))
            )
        );

    [Fact]
    public void A_resource_whose_own_change_does_not_settle_it() =>
        Is(
            """
            site.csx(1,5): web1: counter x: a second apply would change it again: count
              hint: the state after its own change is not the desired one: see its Desired and its Converge
            """,
            Of((new Counter("x"), "0"))
        );

    [Fact]
    public void A_loss_that_the_recipe_does_not_name()
    {
        const string Told = """
            site.csx(1,5): web1: schema a: it also removes the index, which the recipe does not name
              hint: declare it, or allow the loss: Expect("web1").MayLose("schema a", because: "…")
            """;
        Is(Told, Of((new Schema("a", 1) { Removes = new(EffectKind.Removes, "the index") }, "0")));
        Is("", Of((new Schema("a", 1) { Removes = new(EffectKind.Removes, "the index") { IsNamed = true } }, "0")));
        Is("", Of((new Schema("a", 1) { Removes = new(EffectKind.Removes, "the index") { InAttributes = true } }, "0")));
        Is("", Of((new Schema("a", 1) { Removes = new(EffectKind.Removes, "the index") }, "0"), (new Schema("the index", 0), "0")));
    }

    [Fact]
    public void An_apply_that_was_cut_off_and_cannot_be_made_again() =>
        Is(
            """
            site.csx(1,5): web1: schema a: an apply that is cut off after step 2 of 3 (schema b) cannot be made again: it is half done
              hint: declare the two in another order, or let it accept the state between them
            """,
            Of((new Schema("a", 1), "0"), (new Schema("b", 2), "0"), (new Schema("c", 3), "0"))
        );

    [Fact]
    public void A_drift_that_an_apply_does_not_repair() =>
        Is(
            """
            site.csx(1,5): web1: latch x: an apply after something was changed by hand leaves it unsettled: level
              hint: what it wants must not depend on the state that it finds
            """,
            Of((new Latch("x"), "none"))
        );

    [Fact]
    public void Every_state_is_counted()
    {
        Assert.Equal(3, Of((new Schema("a", 1), "0")).States);
        Assert.Equal(5, Of((new Schema("a", 1), "0"), (new Schema("b", 3), "0"), (new Schema("c", 4), "0")).States);
        // Where a second apply is not empty, no other state was tried, and none is counted.
        Assert.Equal(
            1,
            Of(
                (new Line("/etc/hosts", "127.0.0.9 nine"), File("127.0.0.1 localhost\n")),
                (new NoLine("/etc/hosts") { Matching = @"^127.*9" }, File("127.0.0.1 localhost\n"))
            ).States
        );
    }

    [Fact]
    public void Of_a_long_plan_not_every_place_to_be_cut_is_tried_and_that_is_told()
    {
        (Resource, string)[] Files(int count) =>
            [.. Enumerable.Range(0, count).Select(i => ((Resource)new Line($"/etc/conf{i}", "b"), File("a\n")))];

        Assert.Null(Of(Files(PlanProperties.MostCuts + 1)).Untried);
        var many = Of(Files(PlanProperties.MostCuts + 20));
        Assert.Equal("an apply that is cut off was tried at 40 of 59 places", many.Untried);
        Is("", many);
    }

    /// <summary>A number on the host that is at least so high.</summary>
    sealed record Schema(string Name, int Version) : Resource<Schema.State>
    {
        public Effect? Removes { get; init; }

        public override string Key => Name;

        public sealed record State(int? Version);

        protected override State Desired => new(Version);

        protected override State Towards(State? actual) =>
            actual?.Version is 2 && Version == 1 ? throw new UnexpectedOutputException("it is half done")
            : actual?.Version >= Version ? actual
            : Desired;

        protected override Probe<State> Probe =>
            new($"cat /srv/version", output => new(Number.Read(output.Text.Trim(), "a number"))) { Subject = "the version" };

        protected override IEnumerable<Effect> Effects(Diff<State> diff) => Removes is null ? [] : [Removes];

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"echo {Version} >/srv/version")];
    }

    /// <summary>A number that is one more after each apply.</summary>
    sealed record Counter(string Name) : Resource<Counter.State>
    {
        public override string Key => Name;

        public sealed record State(int? Count);

        protected override State Desired => new(1);

        protected override State Towards(State? actual) => new((actual?.Count ?? 0) + 1);

        protected override Probe<State> Probe => new($"cat /srv/count", output => new(Number.Read(output.Text.Trim(), "a number")));

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"true")];
    }

    /// <summary>A level that should be 2, and that an apply makes 4 where somebody made it 3.</summary>
    sealed record Latch(string Name) : Resource<Latch.State>
    {
        public override string Key => Name;

        public sealed record State(int? Level);

        protected override State Desired => new(2);

        protected override State Towards(State? actual) => new(actual?.Level is 3 ? 4 : 2);

        protected override Probe<State> Probe =>
            new($"cat /srv/level", output => output.Text is "none" ? null : new(Number.Read(output.Text.Trim(), "a number")));

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"true")];
    }
}
