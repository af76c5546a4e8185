namespace ConfigEngine.Resources;

/// <summary>
/// A repository that apt does not have: its .sources or .list in /etc/apt/sources.list.d and its keys in /etc/apt/keyrings are
/// removed. Installed packages from it stay.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new NoAptRepository("example")</code></example>
/// <param name="Name">The name of the files, without their suffix.</param>
public sealed record NoAptRepository(string Name) : AbsentRepository(Name)
{
    private protected override IReadOnlyList<string> Paths =>
        [
            $"/etc/apt/sources.list.d/{Name}.sources",
            $"/etc/apt/sources.list.d/{Name}.list",
            $"/etc/apt/keyrings/{Name}.asc",
            $"/etc/apt/keyrings/{Name}.gpg",
        ];
}
