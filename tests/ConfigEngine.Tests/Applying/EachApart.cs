using ConfigEngine.Ssh;

namespace ConfigEngine.Tests.Applying;

/// <summary>This machine as several hosts, each with records of its own.</summary>
sealed class EachApart(string records) : IConnector
{
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        Connector connector = new(new() { Records = Path.Combine(records, $"{host.Name}-records") });
        return await connector.Connect(host, how, ct);
    }

    /// <summary>Plans and applies resources on this machine as a host called box.</summary>
    /// <param name="records">The directory for its records.</param>
    /// <param name="resources">The resources.</param>
    public static async Task<HostReport> Apply(string records, IReadOnlyList<IDeclaration> resources)
    {
        await using var engine = On(records, resources);
        return (await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default)).Hosts[0];
    }

    /// <summary>Plans them.</summary>
    public static async Task<HostPlan> Plan(string records, IReadOnlyList<IDeclaration> resources)
    {
        await using var engine = On(records, resources);
        return (await engine.Plan(_ => { }, default)).Hosts[0];
    }

    static Engine On(string records, IReadOnlyList<IDeclaration> resources)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoFiles());
        dsl.Hosts(new Host("box") { Transport = Transport.Local });
        dsl.On("box", resources);
        return new(catalog, catalog.Inventory, new EachApart(records), new() { Changes = true, KeepSessions = true });
    }
}

/// <summary>For recipes that have no files beside them.</summary>
sealed class NoFiles : ILocalFiles
{
    public Content Read(string path, string script) => throw new NotSupportedException();

    public IReadOnlyList<LocalEntry> List(string path, string script) => throw new NotSupportedException();
}
