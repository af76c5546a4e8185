using System.Runtime.CompilerServices;
using Renci.SshNet;
using Renci.SshNet.Messages;
using Renci.SshNet.Messages.Connection;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// Asks a host for an answer, as ServerAliveInterval does: a global request that no sshd knows and that it must answer (RFC 4254, 4). The
/// keepalive of SSH.NET is a message that nobody answers, so it does not tell a silent host from a busy one.
/// </summary>
static class Pulse
{
    // SSH.NET has no public way to send it. The version is pinned, and NativeTests fail if these are not there.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SendMessage")]
    static extern void Send(Session session, Message message);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    static extern GlobalRequestMessage Request(byte[] name, bool wantsReply);

    /// <summary>Asks; the answer is any bytes.</summary>
    public static void Ask(Session session) => Send(session, Request("keepalive@openssh.com"u8.ToArray(), wantsReply: true));
}

/// <summary>A way to log in that remembers the session it was used on, which SSH.NET shows to nobody else.</summary>
/// <param name="method">The way to log in.</param>
/// <param name="used">Called with the session.</param>
sealed class WitnessedMethod(AuthenticationMethod method, Action<Session> used) : AuthenticationMethod(method.Username)
{
    /// <inheritdoc/>
    public override string Name => method.Name;

    /// <inheritdoc/>
    public override AuthenticationResult Authenticate(Session session)
    {
        used(session);
        var result = method.Authenticate(session);
        AllowedAuthentications = method.AllowedAuthentications;
        return result;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            method.Dispose();
        base.Dispose(disposing);
    }
}
