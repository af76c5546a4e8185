namespace ConfigEngine.Model;

/// <summary>A named list of resources: what a library function returns.</summary>
/// <example><code>
/// Recipe Web(string name) => new("web server",
///     new Package("nginx"),
///     new File($"/etc/nginx/sites-available/{name}") { Content = "server {}\n" });
/// </code></example>
/// <param name="Name">What the recipe sets up.</param>
/// <param name="Parts">Resources and other recipes, in order.</param>
public sealed record Recipe(string Name, params IReadOnlyList<IDeclaration> Parts) : IDeclaration
{
    /// <inheritdoc/>
    public IEnumerable<Resource> Resources => ResourcesOf(Parts);

    /// <summary>
    /// The resources of a list. A null in it is skipped, as in <c>isPublic ? new Package("nginx") : null</c>.
    /// </summary>
    internal static IEnumerable<Resource> ResourcesOf(IEnumerable<IDeclaration?> parts) =>
        parts.OfType<IDeclaration>().SelectMany(part => part.Resources);
}
