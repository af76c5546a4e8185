using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Enumerations of facts are written in JSON by name, as all else there is: in camel case.</summary>
sealed class EnumNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
