using System.Net.Sockets;
using ConfigEngine.Ssh.Native;

namespace ConfigEngine.Tests;

/// <summary>What an agent may do wrong: it is told, and not waited for.</summary>
public sealed class AgentTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-agent-");

    string At => Path.Combine(directory.FullName, "socket");

    [Fact]
    public void One_that_is_not_there_is_told() =>
        Assert.NotEmpty(Assert.Throws<IOException>(() => new Agent(At, TimeProvider.System).Keys()).Message);

    [Fact]
    public async Task One_that_hangs_is_given_up()
    {
        using var listener = Listen();

        var error = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => new Agent(At, TimeProvider.System).Keys()));

        Assert.Equal("it does not answer within 5 s", error.Message);
    }

    [Theory]
    [InlineData("00000001" + "05", "it does not say which keys it has")]
    [InlineData("00000005" + "0c" + "00000001", "it does not speak as an agent does")]
    [InlineData("0000000d" + "0c" + "00000001" + "ffffffff" + "00000000", "it does not speak as an agent does")]
    [InlineData("7fffffff", "it does not speak as an agent does")]
    public async Task One_that_talks_nonsense_is_told(string answer, string problem)
    {
        using var listener = Listen();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptAsync();
            await client.SendAsync(Convert.FromHexString(answer));
            await client.ReceiveAsync(new byte[100]);
        });

        var error = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => new Agent(At, TimeProvider.System).Keys()));

        Assert.Equal(problem, error.Message);
        await serving;
    }

    Socket Listen()
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(At));
        listener.Listen();
        return listener;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
