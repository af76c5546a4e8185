namespace ConfigEngine;

/// <summary>A named list of resources: what a library function returns.</summary>
/// <example><code>
/// Recipe NginxSite(string name) => new("nginx site",
///     new Package("nginx"),
///     new File($"/etc/nginx/sites-available/{name}") { Content = "server {}\n" });
/// </code></example>
/// <param name="Name">What it sets up.</param>
/// <param name="Parts">Resources and other recipes, in order.</param>
public sealed record Recipe(string Name, params IReadOnlyList<IDeclaration> Parts) : IDeclaration
{
    /// <inheritdoc/>
    public IEnumerable<Resource> Resources => Parts.SelectMany(part => part.Resources);
}
