using System.Composition.Hosting;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;

namespace ConfigEngine.Editor;

/// <summary>Roslyn's services, without those that would offer every type of .NET whose namespace the script does not use.</summary>
/// <remarks>That would be 3,000 more names after each <c>new</c>, and several seconds for the first completion.</remarks>
static class Services
{
    /// <summary>The services.</summary>
    public static HostServices Make() =>
        MefHostServices.Create(
            new ContainerConfiguration()
                .WithParts(MefHostServices.DefaultAssemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !IsLeftOut(type)))
                .CreateContainer()
        );

    static bool IsLeftOut(Type type) =>
        type.IsAssignableTo(typeof(CompletionProvider)) && type.Name.Contains("Import", StringComparison.Ordinal);
}
