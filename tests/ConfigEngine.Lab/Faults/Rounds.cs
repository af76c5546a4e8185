using System.Globalization;

namespace ConfigEngine.Lab.Faults;

/// <summary>How long the fault tests go on: <c>CFG_FAULTS</c> and <c>CFG_FAULTS_SEED</c>.</summary>
static class Rounds
{
    /// <summary>How many rounds; as many as a build has time for unless <c>CFG_FAULTS</c> says more.</summary>
    public static int Wanted { get; } = Number("CFG_FAULTS") ?? 50;

    /// <summary>
    /// How many with the recipe with every resource, of which one takes ten times as long; <c>CFG_FAULTS</c> where that says more.
    /// </summary>
    public static int WantedWithEverything { get; } = Number("CFG_FAULTS") ?? 8;

    /// <summary>Decides what is struck when: <c>CFG_FAULTS_SEED</c>, or another one each time.</summary>
    public static int Seed { get; } = Number("CFG_FAULTS_SEED") ?? Random.Shared.Next(1_000_000);

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
