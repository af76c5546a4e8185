using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>The inputs of a compiled recipe as one digest: every script's text and shown path, every library, the engine.</summary>
static class CacheKey
{
    public static string Of(ScriptSet scripts)
    {
        StringBuilder all = new();
        all.Append(typeof(Dsl).Module.ModuleVersionId)
            .Append(' ')
            .Append(typeof(CacheKey).Module.ModuleVersionId)
            .Append(' ')
            .Append(Environment.Version)
            .Append('\0');
        foreach (var script in scripts.Scripts)
            all.Append("script ").Append(script.Digest).Append(' ').Append(script.Name).Append('\0');
        foreach (var assembly in scripts.Assemblies)
            all.Append("library ").Append(assembly.Digest).Append(' ').Append(assembly.Name).Append('\0');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }
}
