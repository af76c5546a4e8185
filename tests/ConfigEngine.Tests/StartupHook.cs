using System.Reflection;

/// <summary>
/// For tests of what a process loads: with DOTNET_STARTUP_HOOKS on this assembly, a process writes the names of its assemblies into the
/// file of CFG_ASSEMBLIES when it ends. The runtime looks for a class with this name, in no namespace.
/// </summary>
sealed class StartupHook
{
    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("CFG_ASSEMBLIES") is { } file)
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllLines(file, AppDomain.CurrentDomain.GetAssemblies().Select(Name));
    }

    static string Name(Assembly assembly) => assembly.GetName().Name ?? "";
}
