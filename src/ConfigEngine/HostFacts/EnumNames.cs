using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Enumerations of facts are written in JSON by name, in camel case like all other names.</summary>
sealed class EnumNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
