using System.Text;

namespace ConfigEngine.Resources;

/// <summary>One line of fstab(5).</summary>
sealed record FstabLine(string Device, string Point, string Type, IReadOnlyList<string> Options, int Dump, int Pass)
{
    /// <summary>The line as text.</summary>
    public string Text => string.Join(' ', Fields);

    /// <summary>A line that begins with a number sign would be a comment.</summary>
    IReadOnlyList<string> Fields =>
        [
            MountField.Escape(Device) is ['#', .. var rest] ? $@"\043{rest}" : MountField.Escape(Device),
            MountField.Escape(Point),
            Type,
            Options.Count == 0 ? "defaults" : string.Join(',', Options.Select(MountField.Escape)),
            $"{Dump}",
            $"{Pass}",
        ];

    /// <summary>This line in place of another one. The text between and after that line's fields is kept.</summary>
    public string In(string line)
    {
        StringBuilder text = new();
        var (at, words) = (0, Fstab.Words(line));
        foreach (var (word, field) in words.Zip(Fields))
        {
            text.Append(line, at, word.Index - at).Append(field);
            at = word.Index + word.Length;
        }

        foreach (var missing in Fields.Skip(words.Count))
            text.Append(' ').Append(missing);
        return text.Append(line, at, line.Length - at).ToString();
    }

    /// <summary>Whether it is for this mount point. Redundant slashes make no difference to libmount.</summary>
    public bool IsAt(string point) => Fstab.Plain(Point) == Fstab.Plain(point);

    /// <summary>Whether both lines mean the same. The position of <c>bind</c> among the options makes no difference.</summary>
    public bool Says(FstabLine other) =>
        IsAt(other.Point)
        && (
            Device == other.Device
            || (Device is ['/', not '/', ..] && other.Device is ['/', not '/', ..] && Fstab.Plain(Device) == Fstab.Plain(other.Device))
        )
        && (Type, Dump, Pass) == (other.Type, other.Dump, other.Pass)
        && Options.Order(BindsFirst).SequenceEqual(other.Options.Order(BindsFirst));

    static readonly IComparer<string> BindsFirst = Comparer<string>.Create((one, other) => Rank(one) - Rank(other));

    static int Rank(string option) => option is "bind" or "rbind" ? 0 : 1;
}
