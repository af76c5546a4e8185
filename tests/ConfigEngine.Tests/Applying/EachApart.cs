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
}

/// <summary>For recipes that have no files beside them.</summary>
sealed class NoFiles : ILocalFiles
{
    public Content Read(string path, string script) => throw new NotSupportedException();

    public IReadOnlyList<LocalEntry> List(string path, string script) => throw new NotSupportedException();
}
