using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Tests.Planning;

/// <summary>Whatever a resource throws over an answer is an error of that resource on that host, and names both.</summary>
public sealed class UnreadableTests
{
    static readonly Exception[] Thrown =
    [
        new UnexpectedOutputException("expected a number"),
        new FormatException("no number"),
        new OverflowException("too large"),
        new RegexMatchTimeoutException("aaaa", "(a+)+$", TimeSpan.FromSeconds(1)),
        new KeyNotFoundException("no such name"),
        new ArgumentException("no such word"),
    ];

    public static TheoryData<Place, int> All
    {
        get
        {
            TheoryData<Place, int> all = [];
            foreach (var place in Enum.GetValues<Place>())
                for (var i = 0; i < Thrown.Length; i++)
                    all.Add(place, i);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_resource_throws_over_an_answer_names_it_and_the_host(Place place, int thrown)
    {
        Odd odd = new(place, Thrown[thrown]) { Source = new("site.csx", 7, 3) };
        var question = Planner.Probes([odd])[0];

        var error = Assert.IsType<ProbeFailedException>(
            Planner.Plan("web1", [(1, [odd])], new Dictionary<ProbeRequest, Output> { [question] = Output.Of("an answer") }, []).Error
        );

        Assert.StartsWith("site.csx(7,3): web1: cannot tell the state of odd thing: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(Thrown[thrown].Message, error.Message, StringComparison.Ordinal);
        Assert.Same(Thrown[thrown], error.InnerException);
    }

    [Fact]
    public void What_a_probe_throws_while_it_is_composed_is_an_error_of_the_recipe()
    {
        var error = Assert.Throws<RecipeException>(() => Planner.Probes([new Misshapen { Source = new("site.csx", 7, 3) }]));

        Assert.Equal("site.csx(7,3): misshapen thing: its probe cannot be composed: no such word (ArgumentException)", error.Message);
    }

    [Fact]
    public void What_a_probe_complains_of_at_length_is_shown_by_its_ends()
    {
        Odd odd = new(Place.Noting, Thrown[0]);
        Output answer = new(2, default, Encoding.UTF8.GetBytes($"first words{new string('.', 130_000)}last words"));

        var plan = Planner.Plan("web1", [(1, [odd])], new Dictionary<ProbeRequest, Output> { [Planner.Probes([odd])[0]] = answer }, []);
        var error = Assert.IsType<ProbeFailedException>(plan.Obstacles.Single().Obstacle);

        Assert.Contains("exit code 2: first words.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".last words", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1000, 7000);
    }

    [Fact]
    public void An_answer_of_a_shape_that_nobody_knows_is_an_expected_error() =>
        Assert.IsAssignableFrom<CfgException>(new UnexpectedOutputException("odd"));

    /// <summary>Where a resource may throw.</summary>
    public enum Place
    {
        Parsing,
        Needing,
        Expecting,
        Comparing,
        Converging,
        Noting,
    }

    sealed record Odd(Place At, Exception Thrown) : Resource<Odd.State>
    {
        public sealed record State(string? Value);

        public override string Key => "thing";

        protected override State Desired => new("wanted");

        protected override Probe<State> Probe =>
            new($"echo", output => At is Place.Parsing ? throw Thrown : new(output.Text))
            {
                Needs = _ => Numbers(Place.Needing).Select(_ => new Need(Aspect.Path("/"), "nothing")),
                Expecting = _ => At is Place.Expecting ? throw Thrown : ((Shell)$"echo", (string?)null),
            };

        protected override State Towards(State? actual) => At is Place.Comparing ? throw Thrown : Desired;

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => Numbers(Place.Converging).Select(_ => Run($"true"));

        protected override IEnumerable<string> Notes(Diff<State> diff) => Numbers(Place.Noting).Select(_ => "a note");

        IEnumerable<int> Numbers(Place place)
        {
            if (At == place)
                throw Thrown;
            yield break;
        }
    }

    sealed record Misshapen : Resource<Misshapen.State>
    {
        public sealed record State(string? Value);

        public override string Key => "thing";

        protected override State Desired => new("wanted");

        protected override Probe<State> Probe => throw new ArgumentException("no such word");

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [];
    }
}
