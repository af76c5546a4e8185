using System.Globalization;

namespace ConfigEngine.Lab;

/// <summary>
/// Text that is hard on the formats of Linux, the same each time: <c>CFG_SEED</c> chooses others. What fails says with which seed.
/// </summary>
sealed class OddText
{
    static readonly string[] Pieces =
    [
        .. " \"'`\\$%#;,:=!?*[](){}<>&|~^@+-./".Select(c => $"{c}"),
        "a",
        "b",
        "x41",
        "n",
        "ALL",
        "ü",
        "日",
        "\U0001F98A",
        "  ",
        "\\\"",
        "\\040",
        "%%",
        "%i",
        "${x}",
        "$HOME",
        "$(id)",
        "\t",
        "\n",
        " #",
        "\\ ",
        "\\n",
        "\\x41",
    ];

    readonly Random random;

    public OddText() => random = new(Seed);

    public static int Seed { get; } =
        Environment.GetEnvironmentVariable("CFG_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 20261127;

    /// <summary>The next one.</summary>
    public string Next() => string.Concat(Enumerable.Range(0, random.Next(1, 13)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>One made of some of these, such as a name.</summary>
    public string Of(string letters, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => letters[random.Next(letters.Length)]));

    /// <summary>So many resources of those that are made; the ones that a recipe may not have are left out.</summary>
    public static IReadOnlyList<T> Some<T>(int count, Func<int, T> make)
        where T : Resource
    {
        List<T> some = [];
        for (var i = 0; some.Count < count && i < count * 10; i++)
        {
            var one = make(some.Count);
            try
            {
                Catalog.Check(one);
                some.Add(one);
            }
            catch (RecipeException)
            {
                // That it is refused is as good.
            }
        }

        Assert.True(some.Count == count, $"of {count * 10} with odd values only {some.Count} are taken at all (seed {Seed})");
        return some;
    }
}
