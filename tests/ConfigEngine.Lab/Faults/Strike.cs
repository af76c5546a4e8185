namespace ConfigEngine.Lab.Faults;

/// <summary>What is broken.</summary>
public enum Victim
{
    /// <summary><c>cfg</c> itself, by SIGKILL.</summary>
    Cfg,

    /// <summary>The ssh client that it speaks through.</summary>
    Client,

    /// <summary>The server's process for the session.</summary>
    Server,

    /// <summary>The shell of the session on the host.</summary>
    Shell,

    /// <summary>The shell of the step that is under way: the session goes on.</summary>
    Step,

    /// <summary>The TCP connection, which is reset.</summary>
    Link,

    /// <summary>The TCP connection, which goes silent.</summary>
    Silence,
}

/// <summary>What is broken and when: as a step begins, or so long after the connection was made; and how much later.</summary>
/// <param name="Number">Which one of a run of the tests.</param>
/// <param name="Victim">What.</param>
/// <param name="Step">When this step begins, counted from 0; at a moment when null.</param>
/// <param name="Moment">The part of an undisturbed run, from its connection on, that has passed.</param>
/// <param name="Later">How long after all that.</param>
sealed record Strike(int Number, Victim Victim, int? Step, double Moment, TimeSpan Later)
{
    /// <summary>All but the one that takes half a minute to be found out.</summary>
    public static IReadOnlyList<Victim> Quick { get; } =
    [Victim.Cfg, Victim.Client, Victim.Server, Victim.Shell, Victim.Step, Victim.Link];

    /// <summary>
    /// So many: some kinds at every step, as far as there is time, and the rest at random moments; always the same for one seed.
    /// </summary>
    /// <param name="seed">Decides all of it.</param>
    /// <param name="count">How many.</param>
    /// <param name="steps">How many steps the recipe has, with its handlers.</param>
    /// <param name="everywhere">What is broken at every step.</param>
    public static IReadOnlyList<Strike> Plan(int seed, int count, int steps, IReadOnlyList<Victim> everywhere)
    {
        Random random = new(seed);
        Strike[] boundaries =
        [
            .. Enumerable
                .Range(0, steps)
                .SelectMany(step =>
                    everywhere.Select(target => new Strike(
                        0,
                        target,
                        step,
                        0,
                        random.Next(2) * TimeSpan.FromMilliseconds(random.Next(30))
                    ))
                ),
        ];
        // Where there is no time for all of them, others each time, and some at random moments still.
        random.Shuffle(boundaries);
        var plan = boundaries.Take((count - (count / 25)) * 9 / 10).ToList();
        while (plan.Count < count - (count / 25))
            plan.Insert(random.Next(plan.Count + 1), AtRandom(Quick[random.Next(Quick.Count)]));
        // A few, one after the other, so that not all hosts wait at once, and nobody for the last one.
        for (var i = 0; plan.Count < count; i++)
            plan.Insert(i * 25, AtRandom(Victim.Silence));
        return [.. plan.Select((strike, i) => strike with { Number = i })];

        Strike AtRandom(Victim target) => new(0, target, null, random.NextDouble(), TimeSpan.Zero);
    }

    /// <summary>When, in words.</summary>
    public string When =>
        Step is { } step ? $"step {step}{(Later > TimeSpan.Zero ? $" + {Later.TotalMilliseconds:0} ms" : "")}" : $"at {Moment:P0}";
}
