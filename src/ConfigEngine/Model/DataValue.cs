using System.Globalization;

namespace ConfigEngine.Model;

/// <summary>
/// A value in a file of structured data: a text, a number, true or false, or null. C# values are converted automatically; a secret, or
/// content with one, is a text. For a text with a value that is known only later, write <c>(Content)$"…"</c>.
/// </summary>
/// <example><code>new YamlValue("/etc/app.yaml", "server.proxy") { Value = DataValue.Null }</code></example>
public sealed class DataValue : IEquatable<DataValue>, IMaybeUnknown
{
    DataValue(DataKind kind, Content content) => (Kind, Content) = (kind, content);

    /// <summary>Null: there is a value, and it says nothing. TOML has none.</summary>
    public static DataValue Null { get; } = new(DataKind.Null, "null");

    /// <summary>Its type.</summary>
    internal DataKind Kind { get; }

    /// <summary>It as content: a text as it is, a number or a word as programs write it.</summary>
    internal Content Content { get; }

    /// <summary>The same as text.</summary>
    internal string Text => Content.Text ?? "";

    /// <inheritdoc/>
    public bool IsKnown => Content.IsKnown;

    /// <summary>A text.</summary>
    public static implicit operator DataValue(string text) => new(DataKind.Text, text);

    /// <summary>A text, which may hold secrets and values that are known only later.</summary>
    public static implicit operator DataValue(Content text) => new(DataKind.Text, text);

    /// <summary>A text that is secret.</summary>
    public static implicit operator DataValue(Secret text) => new(DataKind.Text, text);

    /// <summary>A whole number.</summary>
    public static implicit operator DataValue(long number) => new(DataKind.Integer, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with a fraction; 1.0 is not the same as 1 where a format has two types for them.</summary>
    public static implicit operator DataValue(double number) => new(DataKind.Float, number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>True or false.</summary>
    public static implicit operator DataValue(bool flag) => new(DataKind.Boolean, flag ? "true" : "false");

    /// <summary>The same value with the values that were found later.</summary>
    internal DataValue With(Func<Origin, object?> find) =>
        Content.With(find) is var filled && ReferenceEquals(filled, Content) ? this : new(Kind, filled);

    /// <summary>The content of a property's value, which may hold a secret or a value that is known later; null for any other.</summary>
    internal static Content? ContentOf(object? value) =>
        value switch
        {
            Content content => content,
            DataValue data => data.Content,
            _ => null,
        };

    /// <inheritdoc/>
    public bool Equals(DataValue? other) => other is not null && Kind == other.Kind && Content.Equals(other.Content);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Content);

    /// <inheritdoc/>
    public override string ToString() => Kind is DataKind.Text || !IsKnown ? Content.ToString() : Text;
}

/// <summary>The type of a value in a file of structured data.</summary>
enum DataKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Null.</summary>
    Null,

    /// <summary>Names with values: an object, a table, a mapping.</summary>
    Map,

    /// <summary>A list.</summary>
    List,

    /// <summary>Anything else: a date, or what programs read in different ways.</summary>
    Other,
}
