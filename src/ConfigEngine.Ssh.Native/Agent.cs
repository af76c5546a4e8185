using System.Buffers.Binary;
using System.Net.Sockets;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// An agent that has keys (ssh-agent(1)): it says which, and signs with them. It is spoken to over a socket of this machine, one
/// connection for each question.
/// </summary>
/// <param name="Socket">The path of its socket.</param>
/// <param name="Time">The clock.</param>
sealed record Agent(string Socket, TimeProvider Time)
{
    const int Longest = 256 * 1024;

    // draft-ietf-sshm-ssh-agent, 6.1
    const byte RequestIdentities = 11;
    const byte IdentitiesAnswer = 12;
    const byte SignRequest = 13;
    const byte SignResponse = 14;
    const uint Sha256 = 2;
    const uint Sha512 = 4;

    /// <summary>How long it may take to say which keys it has.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take to sign: it may ask for a touch or a confirmation.</summary>
    static readonly TimeSpan Touch = TimeSpan.FromSeconds(30);

    /// <summary>The public keys that it has.</summary>
    /// <exception cref="IOException">It does not answer, or not in the form of an agent.</exception>
    public IReadOnlyList<byte[]> Keys()
    {
        var answer = Ask([RequestIdentities], Patience);
        if (answer is not [IdentitiesAnswer, .. var rest])
            throw new IOException("it does not say which keys it has");
        Reader reader = new(rest);
        List<byte[]> keys = [];
        for (var left = reader.Number(); left > 0; left--)
        {
            keys.Add(reader.Bytes());
            reader.Bytes();
        }

        return keys;
    }

    /// <summary>Signs with one of its keys.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="data">What to sign.</param>
    /// <param name="algorithm">The name of the signature's algorithm.</param>
    /// <exception cref="IOException">It does not answer, or refuses.</exception>
    public byte[] Sign(byte[] key, byte[] data, string algorithm)
    {
        using MemoryStream request = new();
        request.WriteByte(SignRequest);
        Put(request, key);
        Put(request, data);
        Put(
            request,
            algorithm.StartsWith("rsa-sha2-512", StringComparison.Ordinal) ? Sha512
                : algorithm.StartsWith("rsa-sha2-256", StringComparison.Ordinal) ? Sha256
                : 0
        );
        return Ask(request.ToArray(), Touch) is [SignResponse, .. var rest]
            ? new Reader(rest).Bytes()
            : throw new IOException("it does not sign");
    }

    byte[] Ask(byte[] request, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience, Time);
        try
        {
            return Ask(request, limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new IOException($"it does not answer within {patience.TotalSeconds:0} s");
        }
        catch (SocketException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    async Task<byte[]> Ask(byte[] request, CancellationToken ct)
    {
        using System.Net.Sockets.Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), ct);
        await using NetworkStream stream = new(socket);
        using MemoryStream frame = new();
        Put(frame, request);
        await stream.WriteAsync(frame.ToArray(), ct);
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, ct);
        if (BinaryPrimitives.ReadUInt32BigEndian(length) is not (> 0 and <= Longest and var count))
            throw new IOException("it does not speak as an agent does");
        var answer = new byte[count];
        await stream.ReadExactlyAsync(answer, ct);
        return answer;
    }

    static void Put(MemoryStream to, ReadOnlySpan<byte> bytes)
    {
        Put(to, (uint)bytes.Length);
        to.Write(bytes);
    }

    static void Put(MemoryStream to, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        to.Write(bytes);
    }

    /// <summary>Reads an answer.</summary>
    sealed class Reader(byte[] bytes)
    {
        int at;

        public uint Number()
        {
            if (bytes.Length - at < 4)
                throw new IOException("it does not speak as an agent does");
            at += 4;
            return BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at - 4));
        }

        public byte[] Bytes()
        {
            var length = Number();
            if (length > bytes.Length - at)
                throw new IOException("it does not speak as an agent does");
            at += (int)length;
            return bytes[(at - (int)length)..at];
        }
    }
}
