namespace ConfigEngine.Model;

/// <summary>
/// A value that is known now, or that a host produces when a resource is applied there, such as a public key. A resource with an
/// unknown value is planned as <em>unknown until apply</em>. It is applied after the resource that produces the value, on whichever
/// host that is, and it is planned again at that point. A plain value is converted automatically.
/// </summary>
/// <example><code>
/// var key = new SshKey("backup");
///
/// On("a", key);
/// On("b", new AuthorizedKey("backup", key.PublicKey));
/// </code></example>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Known<T> : IKnown, IEquatable<Known<T>>
{
    readonly Func<object, T>? convert;
    readonly T? value;

    /// <summary>A value that is known now.</summary>
    public Known(T value) => (this.value, IsKnown) = (value, true);

    internal Known(Origin origin, Func<object, T> convert) => (Origin, this.convert) = (origin, convert);

    Known(T value, Origin origin)
        : this(value) => Origin = origin;

    Known() { }

    /// <summary>A value that only the host's own tools can tell, when they act.</summary>
    internal static Known<T> AfterApply { get; } = new();

    /// <inheritdoc/>
    public bool IsKnown { get; }

    /// <summary>The value.</summary>
    /// <exception cref="RecipeException">The value is not known before apply.</exception>
    public T Value =>
        IsKnown && value is not null
            ? value
            : throw new RecipeException(
                $"{(Origin is null ? "a value" : $"the {Origin}")} is not known before apply",
                hint: "give it to a resource as it is: a plan then says where it comes from"
            );

    Origin? Origin { get; }

    /// <summary>
    /// The origin of the value, in words; null for a plain value. It is the same before and after the value is known.
    /// </summary>
    internal string? Source => Origin?.ToString();

    Origin? IKnown.Origin => Origin;

    object? IKnown.Value => value;

    /// <summary>The value of one host, where several hosts have the resource that produces it.</summary>
    /// <param name="host">The host's name.</param>
    public Known<T> On(string host) => Origin is { } origin && convert is { } read ? new(origin with { Host = host }, read) : this;

    /// <summary>A value that is made from this one.</summary>
    public Known<TResult> Select<TResult>(Func<T, TResult> make) =>
        Origin is not { } origin || convert is not { } read ? new(make(Value)) : new(origin, found => make(read(found)));

    /// <summary>A plain value.</summary>
    public static implicit operator Known<T>(T value) => new(value);

    IKnown IKnown.With(object found) => Origin is { } origin && convert is { } read ? new Known<T>(read(found), origin) : this;

    /// <inheritdoc/>
    public bool Equals(Known<T>? other) =>
        other is not null
        && IsKnown == other.IsKnown
        && Equals(Origin, other.Origin)
        && (!IsKnown || EqualityComparer<T>.Default.Equals(value, other.value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Known<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, value);

    /// <summary>The value, or its origin in words if the value is not known.</summary>
    public override string ToString() => IsKnown ? value?.ToString() ?? "" : $"{Origin}";
}

/// <summary>A <see cref="Known{T}"/> of any type.</summary>
interface IKnown : IMaybeUnknown
{
    /// <summary>The origin of the value; null for a plain value.</summary>
    Origin? Origin { get; }

    /// <summary>The origin in words; null for a plain value. It is the same before and after the value is known.</summary>
    internal string? Source => Origin?.ToString();

    object? Value { get; }

    /// <summary>The same value, now known.</summary>
    /// <param name="found">The value that was read from its origin.</param>
    IKnown With(object found);
}

/// <summary>The origin of a value: an attribute of a resource.</summary>
/// <param name="Resource">The resource's address.</param>
/// <param name="Attribute">The attribute, in words.</param>
/// <param name="Read">Reads the value from the resource's state; null where the state does not have it.</param>
sealed record Origin(string Resource, string Attribute, Func<object, object?> Read)
{
    /// <summary>
    /// The host of the resource. When null: the host that needs the value, or else the only host that has the resource.
    /// </summary>
    public string? Host { get; init; }

    /// <inheritdoc/>
    public bool Equals(Origin? other) => other is not null && (Resource, Attribute, Host) == (other.Resource, other.Attribute, other.Host);

    /// <inheritdoc/>
    public override int GetHashCode() => (Resource, Attribute, Host).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{Attribute} of {Resource}{(Host is null ? "" : $" on {Host}")}";
}
