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
    /// <summary>So many, every kind at every step first, and the rest at random moments; always the same for one seed.</summary>
    /// <param name="seed">Decides all of it.</param>
    /// <param name="count">How many.</param>
    /// <param name="steps">How many steps the recipe has, with its handlers.</param>
    public static IReadOnlyList<Strike> Plan(int seed, int count, int steps)
    {
        Random random = new(seed);
        Victim[] quick = [Victim.Cfg, Victim.Client, Victim.Server, Victim.Shell, Victim.Link];

        // Silence is found out in half a minute: a few of them, and those first, so that nobody waits for the last one.
        var plan = Enumerable.Range(0, Math.Max(1, count / 25)).Select(_ => AtRandom(Victim.Silence)).ToList();
        plan.AddRange(Enumerable.Range(0, steps).SelectMany(step => quick.Select(target => new Strike(0, target, step, 0, random.Next(2) * TimeSpan.FromMilliseconds(random.Next(30))))).Take(count - plan.Count));
        while (plan.Count < count)
            plan.Add(AtRandom(quick[random.Next(quick.Length)]));
        return [.. plan.Select((strike, i) => strike with { Number = i })];

        Strike AtRandom(Victim target) => new(0, target, null, random.NextDouble(), TimeSpan.Zero);
    }

    /// <summary>When, in words.</summary>
    public string When => Step is { } step
        ? $"step {step}{(Later > TimeSpan.Zero ? $" + {Later.TotalMilliseconds:0} ms" : "")}"
        : $"at {Moment:P0}";
}
