namespace ConfigEngine.Ssh;

/// <summary>A connector that reads ssh_config itself.</summary>
interface INativeConnector : IConnector
{
    /// <summary>How a host is reached.</summary>
    /// <exception cref="HostUnreachableException">The configuration cannot be used.</exception>
    SshSettings Settings(Host host);
}
