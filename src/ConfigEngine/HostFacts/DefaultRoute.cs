namespace ConfigEngine.HostFacts;

/// <summary>A way out, from <c>ip route show default</c>, or from <c>/proc/net</c> on a host without <c>ip</c>.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Gateway">The next hop; null on a point-to-point link.</param>
/// <param name="Interface">The interface that it leaves by.</param>
/// <param name="Metric">The lowest wins; 0 where none is set.</param>
public sealed record DefaultRoute(IpFamily Family, string? Gateway, string Interface, int Metric = 0);
