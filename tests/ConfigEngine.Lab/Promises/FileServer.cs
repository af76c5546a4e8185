using System.Net;
using System.Text;

namespace ConfigEngine.Lab;

/// <summary>An HTTP server in the lab's own network that gives everybody the same file.</summary>
sealed class FileServer : IDisposable
{
    readonly HttpListener listener = new();

    /// <summary>Where it is.</summary>
    public string Url { get; }

    FileServer(string address, string content)
    {
        for (var port = 18080; ; port++)
        {
            Url = $"http://{address}:{port}";
            listener.Prefixes.Clear();
            listener.Prefixes.Add(Url + "/");
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 18180)
            {
                // Another lab has it.
            }
        }

        _ = Serve(Encoding.UTF8.GetBytes(content));
    }

    public static FileServer Start(string address, string content) => new(address, content);

    async Task Serve(byte[] content)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                await context.Response.OutputStream.WriteAsync(content);
                context.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    public void Dispose() => listener.Close();
}
