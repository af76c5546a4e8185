using System.Reflection;

namespace ConfigEngine.Tests.Resources;

/// <summary>Resources with a text in them that nobody expects.</summary>
static class OddNames
{
    /// <summary>Between two letters, each has a meaning to a shell, to a file or to a terminal.</summary>
    public static IReadOnlyList<string> Cores { get; } =
    [
        "q q",
        "q'q",
        "q\"q",
        "q$q",
        "q`q",
        "q\\q",
        "q;q",
        "q&q",
        "q|q",
        "q>q",
        "q*q",
        "q#q",
        "q!q",
        "q\nq",
        "q\tq",
        "q\rq",
        "q\u001b[31mq",
        "q$(q)q",
        "q${q}q",
        "q=~q q",
        "qüq q",
        "q\u2028q",
        "q🦊 q",
    ];

    /// <summary>Copies of a resource with a text at the end of, and in the place of, each of its texts.</summary>
    public static IEnumerable<(PropertyInfo Property, string Value, Resource Resource)> Of(Resource example, string odd) =>
        from property in Variants.Settable(example.GetType())
        where property.PropertyType == typeof(string)
        let before = (string?)property.GetValue(example) ?? ""
        from value in new[]
        {
            before + odd,
            odd,
            "/" + odd,
            before.Contains('.', StringComparison.Ordinal) ? odd + before[before.LastIndexOf('.')..] : odd,
        }.Distinct()
        select (property, value, Variants.With(example, property, value));
}
