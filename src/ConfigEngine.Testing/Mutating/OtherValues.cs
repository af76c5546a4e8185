using System.Collections;
using System.Globalization;
using System.Reflection;

namespace ConfigEngine.Testing;

/// <summary>
/// Other values for the properties of a record, each near the one that it has: a slip, and no nonsense. Secrets are left as they are.
/// </summary>
static class OtherValues
{
    /// <summary>Lists with more records than this are changed only in their first ones.</summary>
    const int MostRecords = 5;

    static readonly HashSet<string> Never = new() { nameof(Resource.Notifies), nameof(Resource.Source) };

    /// <summary>The record with one property changed, for each other value of each property that is set.</summary>
    /// <param name="record">The record.</param>
    /// <param name="plain">The record with nothing set; null where that is not known.</param>
    /// <param name="unchanged">Receives the properties of which no other value is known.</param>
    public static IEnumerable<(string Property, object Changed, string Before, string After)> Of(
        object record,
        object? plain,
        Action<string> unchanged
    )
    {
        foreach (var property in StateProperties.Of(record.GetType()).Where(one => one.CanWrite && !Never.Contains(one.Name)))
        {
            var value = property.GetValue(record);
            var normally = plain is null ? null : property.GetValue(plain);
            if (value is null || StateProperties.Same(value, normally))
                continue;
            List<(string Path, object? Other, string Before, string After)> others =
            [
                .. OthersOf(value, property.PropertyType, unchanged),
            ];
            if (others.Count == 0 && value is not (Secret or Content { IsSecret: true }))
                unchanged($"{record.GetType().Name}.{property.Name}");
            var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), inherit: false);
            if (
                plain is not null
                && !isRequired
                && !others.Any(other => other.Path.Length == 0 && StateProperties.Same(other.Other, normally))
            )
                others.Add(("", normally, ValueText.Short(value), normally is null ? "(not set)" : ValueText.Short(normally)));
            foreach (var (path, other, before, after) in others.Where(other => !StateProperties.Same(other.Other, value)))
                yield return ($"{property.Name}{path}", With(record, property, other), before, after);
        }
    }

    static object With(object record, PropertyInfo property, object? value)
    {
        var copy = StateProperties.Copy(record);
        property.SetValue(copy, value);
        return copy;
    }

    /// <summary>Other values; the path is that of what differs within the value.</summary>
    static IEnumerable<(string Path, object? Other, string Before, string After)> OthersOf(
        object value,
        Type declared,
        Action<string> unchanged
    )
    {
        if (Near(value, declared) is { } near)
            return [("", near, ValueText.Short(value), ValueText.Short(near))];
        return value switch
        {
            Secret or Content or IKnown or DataValue => [],
            IDictionary many => OfDictionary(many),
            IEnumerable many when ElementOf(declared) is { } type => OfList([.. many.Cast<object>()], type, declared, unchanged),
            _ when value.GetType().GetMethod("<Clone>$") is not null => Of(value, DefaultValues.Of(value), unchanged)
                .Select(other => ($".{other.Property}", (object?)other.Changed, other.Before, other.After)),
            _ => [],
        };
    }

    static object? Near(object value, Type declared) =>
        value switch
        {
            bool yes => !yes,
            Enum word => Next(word),
            int number => number + 1,
            long number => number + 1,
            double number => number + 1,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            ByteSize size => new ByteSize(size.Bytes + (1 << 20)),
            Mode mode => mode == Mode.Parse("0600") ? Mode.Parse("0640") : Mode.Parse("0600"),
            string text => Near(text),
            Shell script => Shell.Verbatim($"{script.Text} # other"),
            Content { IsSecret: false, IsKnown: true, Text: { } text } => (Content)$"{text}other\n",
            DataValue { IsKnown: true, Content.IsSecret: false } data => Near(data),
            Known<string> { IsKnown: true } known => new Known<string>(Near(known.Value)),
            _ => FromText(value, declared),
        };

    /// <summary>A type that is written as text in a recipe.</summary>
    static object? FromText(object value, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var convert = type.GetMethod("op_Implicit", BindingFlags.Public | BindingFlags.Static, [typeof(string)]);
        if (convert is null || convert.ReturnType != type)
            return null;
        try
        {
            return convert.Invoke(
                null,
                [Near(value is IEnumerable<string> words ? words.FirstOrDefault() ?? "" : value.ToString() ?? "")]
            );
        }
        catch (TargetInvocationException)
        {
            // The text is none of its kind.
            return null;
        }
    }

    static string Near(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? $"{number + 1}"
        : text is "on" ? "off"
        : text is "off" ? "on"
        : text.EndsWith('\n') ? $"{text}other\n"
        : text is [.., >= '0' and <= '8'] ? $"{text[..^1]}{(char)(text[^1] + 1)}"
        : $"{text}x";

    static DataValue Near(DataValue data) =>
        bool.TryParse(data.Text, out var yes) ? !yes
        : long.TryParse(data.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number + 1
        : (DataValue)$"{data.Text}x";

    static object Next(Enum word)
    {
        var all = Enum.GetValues(word.GetType());
        return all.GetValue((Array.IndexOf(all, word) + 1) % all.Length) ?? word;
    }

    static IEnumerable<(string Path, object? Other, string Before, string After)> OfDictionary(IDictionary many)
    {
        if (many.Count == 0 || many.GetType().GetConstructor([]) is null)
            yield break;
        var last = many.Keys.Cast<object>().Last();
        var value = many[last];
        yield return ($"[{last}]", Copy(copy => copy.Remove(last)), ValueText.Short(value), "(not set)");
        if (value is string text)
            yield return ($"[{last}]", Copy(copy => copy[last] = Near(text)), ValueText.Short(text), ValueText.Short(Near(text)));

        IDictionary Copy(Action<IDictionary> change)
        {
            var copy = (IDictionary)(Activator.CreateInstance(many.GetType(), many) ?? many);
            change(copy);
            return copy;
        }
    }

    static IEnumerable<(string Path, object? Other, string Before, string After)> OfList(
        object[] elements,
        Type type,
        Type declared,
        Action<string> unchanged
    )
    {
        if (elements.Length == 0 || !declared.IsAssignableFrom(type.MakeArrayType()))
            yield break;
        yield return ($"[{elements.Length - 1}]", ListOf(elements[..^1]), ValueText.Short(elements[^1]), "(not)");
        foreach (var (element, i) in elements.Select((element, i) => (element, i)).Take(MostRecords))
        {
            if (element.GetType().GetMethod("<Clone>$") is null)
                continue;
            foreach (var (property, changed, before, after) in Of(element, DefaultValues.Of(element), unchanged))
                yield return ($"[{i}].{property}", ListOf([.. elements[..i], changed, .. elements[(i + 1)..]]), before, after);
        }

        Array ListOf(object[] values)
        {
            var list = Array.CreateInstance(type, values.Length);
            Array.Copy(values, list, values.Length);
            return list;
        }
    }

    /// <summary>The type of a list's elements; null for what is no list.</summary>
    static Type? ElementOf(Type declared) =>
        declared.IsArray ? declared.GetElementType()
        : declared.IsGenericType && declared.GetGenericArguments() is [var only] ? only
        : null;
}
