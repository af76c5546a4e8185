namespace ConfigEngine.Resources;

/// <summary>
/// What a <see cref="NginxSite"/> does with requests for some paths: pass them on to a program, serve files, or redirect. Everything
/// that is null is left to nginx.
/// </summary>
/// <example><code>new NginxLocation("^~ /api/") { Proxy = "http://127.0.0.1:8080", Rewrite = "/" }</code></example>
/// <param name="Path">
/// The paths, as nginx writes them: <c>/api/</c> for all that begin so, <c>= /</c> for one, <c>^~ /api/</c> for all that begin so
/// before any expression, <c>~ \.php$</c> for an expression, and <c>@name</c>.
/// </param>
public sealed record NginxLocation(string Path)
{
    /// <summary>
    /// Where requests are passed on to, such as <c>http://127.0.0.1:8080</c> or <c>http://unix:/run/app.sock</c>; nowhere when null.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>
    /// What the program gets in the place of the location's path: with <c>/</c>, a request for <c>/api/users</c> is one for
    /// <c>/users</c> there. The path stays as it is when null.
    /// </summary>
    public string? Rewrite { get; init; }

    /// <summary>
    /// Headers for the program. Host, X-Real-IP, X-Forwarded-For and X-Forwarded-Proto are always there, unless they are here with
    /// another value; an empty value takes a header away. nginx's variables are replaced. None by default.
    /// </summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether connections may become web sockets; false by default.</summary>
    public bool WebSockets { get; init; }

    /// <summary>How long the program may be silent; one minute when null.</summary>
    public TimeSpan? ReadTimeout { get; init; }

    /// <summary>How long a connection to the program may take; one minute when null.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>The directory of the files; that of the site when null.</summary>
    public string? Root { get; init; }

    /// <summary>The directory of the files, in the place of the location's path; none when null.</summary>
    public string? Alias { get; init; }

    /// <summary>
    /// What is tried in turn. An application of one page has <c>["$uri", "$uri/", "/index.html"]</c>, and one whose missing files are
    /// errors has <c>["$uri", "$uri/", "=404"]</c>. Empty by default: the file itself.
    /// </summary>
    public IReadOnlyList<string> TryFiles { get; init; } = [];

    /// <summary>How long browsers may keep what they get; nothing is said about it when null.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>Where requests are sent instead, with 302 (found); nowhere when null. nginx's variables are replaced.</summary>
    public string? Redirect { get; init; }

    /// <summary>The code of the redirect: 301, 302, 303, 307 or 308; 302 by default.</summary>
    public int RedirectCode { get; init; } = 302;

    /// <summary>Other directives, each with its semicolon, such as <c>client_max_body_size 50m;</c>. None by default.</summary>
    public IReadOnlyList<string> Directives { get; init; } = [];

    /// <summary>The sign before the path, such as <c>^~</c>; empty where there is none.</summary>
    string Sign =>
        Path.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && Path[..space] is "=" or "~" or "~*" or "^~"
            ? Path.Split(' ')[0]
            : "";

    string Pattern => Path[Sign.Length..].TrimStart(' ');

    /// <summary>What is wrong with it.</summary>
    internal IEnumerable<string> Problems
    {
        get
        {
            var about = $"location {Text.Excerpt(Path)}";
            if (NginxSyntax.Problem(Path) is { } odd)
                yield return $"{about}: {odd}";
            else if (
                Sign is "" or "=" or "^~" && !(Pattern.StartsWith('/') || (Sign.Length == 0 && Pattern.StartsWith('@')))
                || Pattern.Length == 0
            )
                yield return $"{about}: a path begins with /, after one of the signs =, ^~, ~ and ~*";
            foreach (var text in Texts)
            {
                if (NginxSyntax.Problem(text) is { } problem)
                    yield return $"{about}: \"{Text.Excerpt(text)}\": {problem}";
            }

            if (Count(Proxy, Redirect, Root ?? Alias ?? (TryFiles.Count > 0 ? "" : null)) > 1)
                yield return $"{about}: it passes requests on, serves files or redirects: give it one of Proxy, Redirect and Root";
            else if (
                Proxy is null
                && Redirect is null
                && Root is null
                && Alias is null
                && TryFiles.Count == 0
                && Directives.Count == 0
                && Expires is null
            )
                yield return $"{about}: it does nothing: give it a Proxy, a Root, TryFiles or a Redirect";
            if (Proxy is not null && !NginxSyntax.IsUpstream(Proxy))
                yield return $"{about}: \"{Text.Excerpt(Proxy)}\" is not a program: write http://host:port without a path, or "
                    + "http://unix:/path";
            if (
                Proxy is null
                && (Rewrite ?? (Headers.Count > 0 || WebSockets || ReadTimeout is not null || ConnectTimeout is not null ? "" : null))
                    is not null
            )
                yield return $"{about}: Rewrite, Headers, WebSockets and timeouts are for a Proxy";
            if (Rewrite is not null && (Sign is not ("" or "^~") || !Pattern.StartsWith('/') || !Rewrite.StartsWith('/')))
                yield return $"{about}: Rewrite is for a path without an expression, and begins with /";
            foreach (var name in Headers.Keys.Where(name => !NginxSyntax.IsHeader(name)))
                yield return $"{about}: \"{Text.Excerpt(name)}\" is not the name of a header";
            foreach (
                var path in ((string?[])[Root, Alias])
                    .OfType<string>()
                    .Where(path => PathProbe.Problems(path.Length > 1 ? path.TrimEnd('/') : path).Any())
            )
                yield return $"{about}: \"{Text.Excerpt(path)}\" is not the absolute path of a directory";
            foreach (
                var time in ((TimeSpan?[])[ReadTimeout, ConnectTimeout, Expires])
                    .OfType<TimeSpan>()
                    .Where(time => time < TimeSpan.FromMilliseconds(1) || time > TimeSpan.FromDays(3650))
            )
                yield return $"{about}: {time} is not a time for it";
            if (RedirectCode is not (301 or 302 or 303 or 307 or 308))
                yield return $"{about}: {RedirectCode} is not the code of a redirect: 301, 302, 303, 307 or 308";
        }
    }

    static int Count(params string?[] values) => values.Count(value => value is not null);

    IEnumerable<string> Texts =>
        [
            .. ((string?[])[Proxy, Rewrite, Root, Alias, Redirect]).OfType<string>(),
            .. TryFiles,
            .. Headers.SelectMany(header => (string[])[header.Key, header.Value]),
        ];

    /// <summary>Its block, line by line.</summary>
    internal IEnumerable<string> Lines =>
        [
            $"location {(Sign.Length == 0 ? "" : Sign + " ")}{NginxSyntax.Word(Pattern)} {{",
            .. Body.Concat(Directives.SelectMany(directive => directive.TrimEnd('\n').Split('\n'))).Select(line => "    " + line),
            "}",
        ];

    IEnumerable<string> Body
    {
        get
        {
            if (Root is not null)
                yield return $"root {NginxSyntax.Word(Root)};";
            if (Alias is not null)
                yield return $"alias {NginxSyntax.Word(Alias)};";
            if (TryFiles.Count > 0)
                yield return $"try_files {string.Join(' ', TryFiles.Select(NginxSyntax.Word))};";
            if (Expires is { } expires)
                yield return $"expires {NginxSyntax.Time(expires)};";
            if (Redirect is not null)
                yield return $"return {RedirectCode} {NginxSyntax.Word(Redirect)};";
            if (Proxy is null)
                yield break;
            if (Rewrite is not null)
                yield return $"rewrite {NginxSyntax.Word($"^{NginxSyntax.Literal(Pattern)}(.*)$")} "
                    + $"{NginxSyntax.Word(Rewrite + "$1")} break;";
            yield return $"proxy_pass {NginxSyntax.Word(Proxy)};";
            if (WebSockets)
                yield return "proxy_http_version 1.1;";
            foreach (var (name, value) in AllHeaders)
                yield return $"proxy_set_header {name} {NginxSyntax.Word(value)};";
            if (ReadTimeout is { } read)
                yield return $"proxy_read_timeout {NginxSyntax.Time(read)};";
            if (ConnectTimeout is { } connect)
                yield return $"proxy_connect_timeout {NginxSyntax.Time(connect)};";
        }
    }

    IEnumerable<KeyValuePair<string, string>> AllHeaders =>
        [
            .. ((string, string)[])
                [
                    ("Host", "$host"),
                    ("X-Real-IP", "$remote_addr"),
                    ("X-Forwarded-For", "$proxy_add_x_forwarded_for"),
                    ("X-Forwarded-Proto", "$scheme"),
                    .. WebSockets ? ((string, string)[])[("Upgrade", "$http_upgrade"), ("Connection", "upgrade")] : [],
                ]
                is var usual
                ? usual
                    .Where(header => !Headers.Keys.Contains(header.Item1, StringComparer.OrdinalIgnoreCase))
                    .Select(header => KeyValuePair.Create(header.Item1, header.Item2))
                : [],
            .. Headers.OrderBy(header => header.Key, StringComparer.Ordinal),
        ];
}
