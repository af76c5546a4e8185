using ConfigEngine.Ssh;
using ConfigEngine.Ssh.Native;

namespace ConfigEngine.Lab;

/// <summary>
/// How the lab's runs reach its hosts: over OpenSSH's client, or with <c>CFG_LAB_TRANSPORT=native</c> over ssh in the process itself. So
/// the same tests run over both.
/// </summary>
static class Ways
{
    static readonly bool IsNative = Environment.GetEnvironmentVariable("CFG_LAB_TRANSPORT") is "native";

    /// <summary>The same for the <c>cfg</c> command.</summary>
    public static IReadOnlyList<string> Words { get; } = IsNative ? ["--transport", "native"] : [];

    /// <summary>A connector with an ssh configuration.</summary>
    public static Connector Connector(string sshConfig) => Connector(new ConnectorOptions { SshConfig = sshConfig });

    /// <summary>A connector.</summary>
    public static Connector Connector(ConnectorOptions options) =>
        new(
            options with
            {
                Transport = options.Transport ?? (IsNative ? ConfigEngine.Model.Transport.Native : ConfigEngine.Model.Transport.Ssh),
                Native = own => new NativeConnector(own),
            }
        );
}
