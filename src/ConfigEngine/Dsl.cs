using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConfigEngine;

/// <summary>
/// The members that a recipe can use without a dot: a thin layer over one <see cref="Catalog"/>. A script's own methods and lambdas
/// can use them too; the declarations go to the catalog in the order in which they run.
/// </summary>
public class Dsl
{
    readonly Catalog catalog;
    readonly ILocalFiles local;
    readonly Secrets? secrets;
    readonly IInventoryImport? import;
    SourceLine? here;

    /// <summary>Makes the members for a script.</summary>
    /// <param name="catalog">Receives the script's declarations.</param>
    /// <param name="local">The files beside the recipe.</param>
    /// <param name="secrets">The source of secrets; the script has none when null.</param>
    /// <param name="import">Reads inventories that exist already; the script can read none when null.</param>
    internal Dsl(Catalog catalog, ILocalFiles local, Secrets? secrets = null, IInventoryImport? import = null) =>
        (this.catalog, this.local, this.secrets, this.import) = (catalog, local, secrets, import);

    /// <summary>Values that must not be shown: <c>Secrets.Environment("DB_PASSWORD")</c>.</summary>
    public Secrets Secrets => secrets ?? throw new RecipeException("there are no secrets here");

    /// <summary>Hosts and groups from what exists already: <c>Hosts(Inventory.FromAnsible("hosts.ini"))</c>.</summary>
    public IInventoryImport Inventory => import ?? throw new RecipeException("no inventory can be read here");

    /// <summary>Declares resources for some hosts, in order.</summary>
    /// <example><code>On("web", new Package("nginx"), new SystemdUnit("nginx.service") { Running = true });</code></example>
    public RecipeBlock On(Target hosts, params IReadOnlyList<IDeclaration> resources) => catalog.Add(hosts, here, resources);

    /// <summary>Declares resources that depend on the host: its facts, its variables.</summary>
    /// <example><code>On("all", host => [new File("/etc/motd") { Content = $"{host.Name}\n" }]);</code></example>
    public RecipeBlock On(Target hosts, Func<HostView, IReadOnlyList<IDeclaration>> resources) => catalog.Add(hosts, here, resources);

    /// <summary>Resources that are in a list only if a condition is true.</summary>
    /// <example>
    /// <code>
    /// On("web", host => [new Package("nginx"), When(host.In("public"), new Package("certbot"), new Package("fail2ban"))]);
    /// </code>
    /// </example>
    public static Recipe When(bool condition, params IReadOnlyList<IDeclaration> resources) => new("when", condition ? resources : []);

    /// <summary>
    /// Resources that are in a list only if a condition is true that may be known only later; until then they are planned as
    /// unknown.
    /// </summary>
    /// <example><code>
    /// var key = new SshKey("backup");
    /// On("a", key, When(key.PublicKey.Select(text => text.StartsWith("ssh-rsa")), new File("/etc/motd") { Content = "an old key\n" }));
    /// </code></example>
    public static Recipe When(Known<bool> condition, params IReadOnlyList<IDeclaration> resources) =>
        new("when", [.. Recipe.ResourcesOf(resources).Select(resource => resource with { DeclaredIf = condition })]);

    /// <summary>
    /// Declares a policy: what no plan may contain. It is asked about each resource of each host, and what it forbids is an error of that
    /// host, of which nothing is changed. All <c>policies/*.csx</c> beside the nearest <c>infra.csx</c> are used for every recipe.
    /// </summary>
    /// <param name="what">What it forbids, in a few words.</param>
    /// <param name="when">Whether it forbids a resource. It is run for every plan, and contacts no host.</param>
    /// <param name="because">The reason, for whoever meets it.</param>
    /// <example><code>
    /// Forbid("a command without a guard",
    ///     seen => seen.Resource is Command { Unless: null, OnlyIf: null, Creates: null },
    ///     because: "it runs at every apply");
    /// </code></example>
    public void Forbid(string what, Func<PolicyView, bool> when, string because) => catalog.Add(new Policy(what, because, here, when));

    /// <summary>Declares a group and the hosts in it.</summary>
    public Group Group(string name, params IReadOnlyList<Target> members) => Group(new Group(name, members));

    /// <summary>Declares a group with variables.</summary>
    public Group Group(Group group)
    {
        catalog.Inventory.Add(group);
        return group;
    }

    /// <summary>Declares hosts that need no group, or hosts and groups from elsewhere.</summary>
    public void Hosts(params IReadOnlyList<Target> hosts)
    {
        foreach (var target in hosts)
        {
            if (target is Host host)
                catalog.Inventory.Add(host);
            else if (target is Group group)
                catalog.Inventory.Add(group);
            else
                throw new RecipeException(
                    $"Hosts(…) declares hosts, and \"{target.Selector}\" is a selector",
                    hint: "write new Host(\"name\")"
                );
        }
    }

    /// <summary>Expects something of the plans of recorded hosts; <c>cfg test</c> checks it. It is for <c>NAME.test.csx</c>.</summary>
    /// <param name="hosts">The hosts, as for <c>On</c>.</param>
    /// <param name="state">
    /// Only the plans from this state, such as <c>converged</c>; <c>fresh</c> is the recording without a state's name; all recorded states
    /// when null. A state that was not recorded is predicted: <c>converged</c>, <c>drifted</c>, <c>owed</c> or <c>cut:3</c>.
    /// </param>
    /// <example><code>Expect("web*", state: "converged").ChangesNothing();</code></example>
    public Expectation Expect(Target hosts, string? state = null)
    {
        Expectation expectation = new(hosts.Selector, state, RecipeTrace.Here());
        catalog.Add(expectation);
        return expectation;
    }

    /// <summary>The content of a file beside the recipe.</summary>
    /// <param name="path">Relative to the script that calls this.</param>
    /// <param name="script">Filled in by the compiler.</param>
    public Content Local(string path, [CallerFilePath] string script = "") => local.Read(path, script);

    /// <summary>The contents of a directory beside the recipe, for a <see cref="Resources.Tree"/>.</summary>
    /// <param name="path">Relative to the script that calls this.</param>
    /// <param name="script">Filled in by the compiler.</param>
    public IReadOnlyList<LocalEntry> LocalTree(string path, [CallerFilePath] string script = "") => local.List(path, script);

    /// <summary>A resource with the place where it was declared; the compiler adds this call to a script.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static T Placed<T>(T resource, string file, int line, int column)
        where T : Resource => (T)((Resource)resource with { Source = new(file, line, column) });

    /// <summary>Sets the place of the next <c>On(…)</c>; the compiler adds this call to a script.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Dsl At(string file, int line, int column)
    {
        here = new(file, line, column);
        return this;
    }
}

/// <summary>The machine that <c>cfg</c> runs on, as far as a recipe may read it: files beside the recipe.</summary>
interface ILocalFiles
{
    /// <summary>A file's bytes.</summary>
    /// <exception cref="RecipeException">The file does not exist or cannot be read.</exception>
    Content Read(string path, string script);

    /// <summary>The files and directories below a directory, sorted by path.</summary>
    /// <exception cref="RecipeException">The directory does not exist or cannot be read.</exception>
    IReadOnlyList<LocalEntry> List(string path, string script);
}
