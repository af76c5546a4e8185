using System.Globalization;
using System.Text;

namespace ConfigEngine.Benchmarks;

/// <summary>What was measured, against what, and what it should be at most.</summary>
sealed class Table
{
    readonly List<(string What, string Measured, string Beside, double Value, double? Limit)> rows = [];

    readonly List<string> lines = [];

    /// <summary>Whether everything with a limit is within it.</summary>
    public bool IsWithinLimits => rows.TrueForAll(row => row.Limit is null || row.Value <= row.Limit);

    /// <summary>A ratio of two times.</summary>
    public void Ratio(string what, (double A, double B, double Ratio) pair, string beside, double? limit) =>
        rows.Add((what, Seconds(pair.A), $"{beside} {Seconds(pair.B)}", pair.Ratio, limit));

    /// <summary>A figure of its own.</summary>
    public void Figure(string what, string measured, double value, double limit) => rows.Add((what, measured, "", value, limit));

    /// <summary>Says what could not be measured.</summary>
    public void Note(string what, string why) => rows.Add((what, why, "", 0, null));

    /// <summary>A line of figures that have no limit.</summary>
    public void Line(string line) => lines.Add(line);

    public string Render()
    {
        StringBuilder text = new();
        text.AppendLine($"{"what",-52} {"median",-10} {"beside",-34} {"value",8} {"at most",8}");
        foreach (var (what, measured, beside, value, limit) in rows)
        {
            var mark =
                limit is null ? ""
                : value <= limit ? "  ok"
                : "  OVER";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{what,-52} {measured,-10} {beside,-34} {value,8:0.00} "
                    + $"{(limit is null ? "" : limit.Value.ToString("0.00", CultureInfo.InvariantCulture)),8}{mark}"
            );
        }

        lines.ForEach(line => text.AppendLine(line));
        return text.ToString();
    }

    static string Seconds(double seconds) => $"{seconds.ToString("0.000", CultureInfo.InvariantCulture)} s";
}
