using Renci.SshNet;
using Renci.SshNet.Security;

namespace ConfigEngine.Ssh.Native;

/// <summary>A key that an agent has: only its public half is here.</summary>
/// <param name="agent">The agent.</param>
/// <param name="key">The public key.</param>
sealed class AgentKey(Agent agent, byte[] key) : IPrivateKeySource
{
    /// <inheritdoc/>
    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } =
    [.. KeyBlob.SignatureNames(KeyBlob.TypeOf(key) ?? "").Select(name => new Algorithm(name, agent, key))];

    sealed class Algorithm(string name, Agent agent, byte[] key) : HostAlgorithm(name)
    {
        public override byte[] Data => key;

        public override byte[] Sign(byte[] data) => agent.Sign(key, data, Name);

        public override bool VerifySignature(byte[] data, byte[] signature) => false;
    }
}
