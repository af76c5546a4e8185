using System.Net;
using System.Text;

namespace ConfigEngine.Lab;

/// <summary>
/// An HTTP server in the lab's own network that gives everybody the same file, but for <c>/missing</c>, <c>/other</c>,
/// <c>/moved</c>, which leads to it, and <c>/cut</c>, which ends in the middle.
/// </summary>
sealed class FileServer : IDisposable
{
    readonly HttpListener listener;

    /// <summary>Where it is.</summary>
    public string Url { get; }

    FileServer(string address, byte[] content)
    {
        for (var port = 18080; ; port++)
        {
            Url = $"http://{address}:{port}";
            // One that could not start is of no use any more.
            listener = new() { Prefixes = { $"{Url}/" } };
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 18180)
            {
                // Another lab has it, or another server of this one.
            }
        }

        _ = Serve(content);
    }

    public static FileServer Start(string address, string content) => new(address, Encoding.UTF8.GetBytes(content));

    public static FileServer Start(string address, byte[] content) => new(address, content);

    async Task Serve(byte[] content)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                await Answer(context, content);
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    static async Task Answer(HttpListenerContext context, byte[] content)
    {
        var response = context.Response;
        try
        {
            switch (context.Request.Url?.AbsolutePath)
            {
                case "/missing":
                    response.StatusCode = 404;
                    break;
                case "/moved":
                    response.Redirect("/");
                    break;
                case "/other":
                    await response.OutputStream.WriteAsync("other"u8.ToArray());
                    break;
                case "/cut":
                    response.ContentLength64 = content.Length;
                    await response.OutputStream.WriteAsync(content.AsMemory(0, 2));
                    await response.OutputStream.FlushAsync();
                    response.Abort();
                    return;
                default:
                    await response.OutputStream.WriteAsync(content);
                    break;
            }

            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException)
        {
            // The client went away.
        }
    }

    public void Dispose() => listener.Close();
}
