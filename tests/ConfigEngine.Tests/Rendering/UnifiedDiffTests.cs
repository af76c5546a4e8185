using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Rendering;

public sealed class UnifiedDiffTests
{
    /// <summary>The law of a diff: the old text and the hunks give the new text.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_diff_applied_to_the_old_text_gives_the_new_one(int seed)
    {
        Random random = new(seed);
        for (var i = 0; i < 200; i++)
        {
            var (before, after) = (Random(random), Random(random));
            Assert.Equal(after, Apply(before, [.. UnifiedDiff.Of(before, after).Select(line => line.Spans[0].Text)]));
        }
    }

    [Fact]
    public void Equal_texts_have_no_hunks() => Assert.Empty(UnifiedDiff.Of("a\nb\n", "a\nb\n"));

    [Fact]
    public void The_time_for_huge_texts_without_anything_in_common_does_not_grow_with_the_square_of_their_lines()
    {
        Compare(1000);
        var (small, huge) = (Least(6000), Least(60_000));
        Assert.True(huge < small * 50, $"6,000 lines took {small}, 60,000 took {huge}");

        // The least of several: garbage is collected in some of them.
        static TimeSpan Least(int lines) => Enumerable.Range(0, 5).Min(_ => Compare(lines));

        static TimeSpan Compare(int lines)
        {
            var before = string.Concat(Enumerable.Range(0, lines).Select(i => $"a{i}\n"));
            var after = string.Concat(Enumerable.Range(0, lines).Select(i => $"b{i}\n"));
            return ProcessorTime.Of(() => Assert.Equal((2 * lines) + 1, UnifiedDiff.Of(before, after).Count()));
        }
    }

    static string Random(Random random)
    {
        var lines = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => $"{(char)('a' + random.Next(4))}\n"));
        return random.Next(3) == 0 ? lines + "end" : lines;
    }

    static string Apply(string before, IReadOnlyList<string> hunks)
    {
        var old = UnifiedDiff.Split(before);
        List<string> now = [];
        var at = 0;
        for (var i = 0; i < hunks.Count; i++)
        {
            var (sign, text) = (hunks[i][0], hunks[i][1..] + (i + 1 < hunks.Count && hunks[i + 1][0] == '\\' ? "" : "\n"));
            if (sign is '@')
            {
                var range = hunks[i].Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0]) - (range is [_, "0"] ? 0 : 1);
                now.AddRange(old[at..start]);
                at = start;
            }
            else if (sign is ' ' or '-')
            {
                Assert.Equal(old[at++], text);
                if (sign is ' ')
                    now.Add(text);
            }
            else if (sign is '+')
            {
                now.Add(text);
            }
        }

        return string.Concat(now.Concat(old[at..]));
    }
}
