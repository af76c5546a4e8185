using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>An amount of memory or storage, with units of 1024. As JSON it is the number of bytes.</summary>
/// <remarks>
/// Its text is a whole number and a unit that PostgreSQL can read (<c>B</c>, <c>kB</c>, <c>MB</c>, <c>GB</c>). The text is exact if
/// the amount is a whole number of GB or MB. Otherwise it is rounded down to whole MB from 100 MB on, and to whole kB from 100 kB
/// on. So a setting computed from the memory does not change when a new kernel keeps a few more kB for itself.
/// <para>Formats: <c>h</c> for people (3.9 GiB), <c>B</c>, <c>kB</c>, <c>MB</c>, <c>GB</c> for that unit, rounded down.</para>
/// </remarks>
/// <param name="Bytes">The exact amount, in bytes.</param>
/// <example><code>Content = $"shared_buffers = {host.Facts.Memory / 4}\n"   // shared_buffers = 4023MB</code></example>
[JsonConverter(typeof(Json))]
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>, IFormattable
{
    const long K = 1L << 10,
        M = 1L << 20,
        G = 1L << 30;

    /// <summary>The amount in units of 1024 bytes, rounded down.</summary>
    public long Kilobytes => Bytes / K;

    /// <summary>The amount in units of 1024² bytes, rounded down.</summary>
    public long Megabytes => Bytes / M;

    /// <summary>The amount in units of 1024³ bytes, rounded down.</summary>
    public long Gigabytes => Bytes / G;

    /// <summary>For people, with one decimal: <c>3.9 GiB</c>.</summary>
    public string Human
    {
        get
        {
            string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
            var (amount, unit) = ((double)Bytes, 0);
            // 1023.95 would print as 1024.0.
            while (Math.Abs(amount) >= 1023.95 && unit < units.Length - 1)
                (amount, unit) = (amount / K, unit + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{amount:0.#} {units[unit]}");
        }
    }

    /// <summary>An amount in units of 1024 bytes.</summary>
    public static ByteSize FromKilobytes(long amount) => new(checked(amount * K));

    /// <summary>An amount in units of 1024² bytes.</summary>
    public static ByteSize FromMegabytes(long amount) => new(checked(amount * M));

    /// <summary>An amount in units of 1024³ bytes.</summary>
    public static ByteSize FromGigabytes(long amount) => new(checked(amount * G));

    /// <summary>The size divided by a number, rounded down to a whole byte.</summary>
    public static ByteSize operator /(ByteSize size, int parts) => new(size.Bytes / parts);

    /// <summary>The ratio of two sizes.</summary>
    public static double operator /(ByteSize size, ByteSize part) => (double)size.Bytes / part.Bytes;

    /// <summary>The size multiplied by a number.</summary>
    public static ByteSize operator *(ByteSize size, int times) => new(checked(size.Bytes * times));

    /// <summary>A share of it, rounded down to a whole byte: <c>memory * 0.4</c>.</summary>
    public static ByteSize operator *(ByteSize size, double share) => new(checked((long)(size.Bytes * share)));

    /// <summary>The sum of two sizes.</summary>
    public static ByteSize operator +(ByteSize left, ByteSize right) => new(checked(left.Bytes + right.Bytes));

    /// <summary>The difference of two sizes; negative when the second is larger.</summary>
    public static ByteSize operator -(ByteSize left, ByteSize right) => new(checked(left.Bytes - right.Bytes));

    /// <summary>Whether the first is smaller.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the first is larger.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the first is not larger.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the first is not smaller.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The size in PostgreSQL's form: <c>4023MB</c>.</summary>
    public override string ToString() => ToString(null, null);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The format is not <c>h</c>, <c>B</c>, <c>kB</c>, <c>MB</c> or <c>GB</c>.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        format switch
        {
            "h" => Human,
            "B" => $"{Bytes}B",
            "kB" => $"{Kilobytes}kB",
            "MB" => $"{Megabytes}MB",
            "GB" => $"{Gigabytes}GB",
            null or "" or "G" when Bytes is 0 => "0B",
            null or "" or "G" when Bytes % G is 0 => ToString("GB", null),
            null or "" or "G" when Bytes % M is 0 || Math.Abs(Megabytes) >= 100 => ToString("MB", null),
            null or "" or "G" when Bytes % K is 0 || Math.Abs(Kilobytes) >= 100 => ToString("kB", null),
            null or "" or "G" => ToString("B", null),
            _ => throw new FormatException($"\"{format}\" is not a format of a size: it is one of h, B, kB, MB, GB, or none"),
        };

    internal sealed class Json : JsonConverter<ByteSize>
    {
        public override ByteSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, ByteSize value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Bytes);
    }
}
