using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Tests.Resources;

/// <summary>Resources like the one of an example, with one property said in another way. Those that are refused are left out.</summary>
static class Variants
{
    public static IEnumerable<Resource> Of(Resource example) =>
        [
            example,
            .. Settable(example.GetType())
                .SelectMany(property => ValuesFor(property.PropertyType), (property, value) => With(example, property, value))
                .Where(IsAccepted),
        ];

    /// <summary>A resource that says no more than it must: what its constructor takes, and what is required.</summary>
    public static Resource Bare(Resource example)
    {
        var type = example.GetType();
        var constructor = type.GetConstructors().First();
        var bare = (Resource)
            constructor.Invoke([
                .. constructor.GetParameters().Select(parameter => type.GetProperty(parameter.Name ?? "")?.GetValue(example)),
            ]);
        foreach (var property in Settable(type).Where(property => property.GetCustomAttribute<RequiredMemberAttribute>() is not null))
            property.SetValue(bare, property.GetValue(example));
        return bare;
    }

    public static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);

    /// <summary>A copy of a record with one property set: what <c>with</c> does.</summary>
    public static Resource With(Resource resource, PropertyInfo property, object? value)
    {
        var copy =
            (Resource?)resource.GetType().GetMethod("<Clone>$")?.Invoke(resource, null)
            ?? throw new MissingMethodException(resource.GetType().Name, "<Clone>$");
        property.SetValue(copy, value);
        return copy;
    }

    public static bool IsAccepted(Resource resource)
    {
        try
        {
            Catalog.Check(resource);
            return true;
        }
        catch (CfgException)
        {
            return false;
        }
    }

    static IEnumerable<object?> ValuesFor(Type type) =>
        type switch
        {
            _ when type == typeof(string) => (object?[])["root", "/srv/one", "7"],
            _ when type == typeof(bool) || type == typeof(bool?) => [true, false],
            _ when type == typeof(int?) || type == typeof(int) => [7],
            _ when type == typeof(long?) || type == typeof(long) => [7L],
            _ when type == typeof(Mode?) || type == typeof(Mode) => [(Mode)"0640"],
            _ when type == typeof(TimeSpan?) || type == typeof(TimeSpan) => [TimeSpan.FromHours(7)],
            _ when type == typeof(Shell) => [Shell.Verbatim("test -e /srv/one")],
            _ when type == typeof(Content) => [(Content)"one\n"],
            _ when type == typeof(IReadOnlyList<string>) => [new[] { "root" }, Array.Empty<string>()],
            _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice => Enum.GetValues(choice).Cast<object?>(),
            _ => [],
        };
}
