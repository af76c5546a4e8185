using System.Net;

namespace ConfigEngine.Cli.Cases;

/// <summary>
/// Keeps the code of a recipe that is tested from the network: a page must be the same on a laptop and on a build server. A request over
/// HTTP fails, and is remembered, so that code which goes on without an answer is told too. Everything else in the process is not
/// concerned.
/// </summary>
sealed class NoNetwork : IWebProxy
{
    /// <summary>A proxy that no client can use; it fails before anything is sent.</summary>
    static readonly Uri Nowhere = new("no-network://cfg-test");

    static readonly AsyncLocal<NoNetwork?> Current = new();
    static readonly Lock Installing = new();

    readonly HashSet<string> asked = [];

    NoNetwork() { }

    /// <summary>Begins, for everything that the caller starts from now on.</summary>
    public static NoNetwork Begin()
    {
        lock (Installing)
        {
            if (HttpClient.DefaultProxy is not Gate)
                HttpClient.DefaultProxy = new Gate(HttpClient.DefaultProxy);
        }

        return Current.Value = new();
    }

    /// <summary>What was asked for, for people; null where nothing was.</summary>
    public string? Problem
    {
        get
        {
            lock (asked)
                return asked.Count == 0
                    ? null
                    : $"a recipe that is tested asks nothing of the network, and this one asks for {Text.List([.. asked.Order()], 3)}\n"
                        + "  hint: keep the answer in a file beside the recipe (Local), or let the host ask (host.Ask), which is recorded";
        }
    }

    Uri IWebProxy.GetProxy(Uri destination)
    {
        lock (asked)
            asked.Add(destination.GetLeftPart(UriPartial.Path));
        return Nowhere;
    }

    bool IWebProxy.IsBypassed(Uri host) => false;

    ICredentials? IWebProxy.Credentials { get; set; }

    /// <summary>The process's proxy: where nobody has begun, what was there before.</summary>
    sealed class Gate(IWebProxy usual) : IWebProxy
    {
        IWebProxy Now => Current.Value ?? usual;

        public ICredentials? Credentials
        {
            get => Now.Credentials;
            set => usual.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => Now.GetProxy(destination);

        public bool IsBypassed(Uri host) => Now.IsBypassed(host);
    }
}
