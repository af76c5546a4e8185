namespace ConfigEngine.HostFacts;

/// <summary>A default route, from <c>ip route show default</c>, or from <c>/proc/net</c> on a host without <c>ip</c>.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Gateway">The next hop; null on a point-to-point link.</param>
/// <param name="Interface">The interface that it uses.</param>
/// <param name="Metric">The route with the lowest metric is used; 0 where none is set.</param>
public sealed record DefaultRoute(IpFamily Family, string? Gateway, string Interface, int Metric = 0);
