using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A site of nginx: a file in /etc/nginx/sites-available with a link in sites-enabled, or in conf.d where nginx is not Debian's. It is
/// checked together with all other sites (<c>nginx -t</c>, in a copy of the configuration) before anything is replaced, so the old site
/// goes on where the new one is wrong. nginx reads it again when it is reloaded: <c>Notifies = [nginx.Reload]</c>.
/// </summary>
/// <theme>web</theme>
/// <example>
/// <code>
/// new NginxSite("app")
/// {
///     ServerNames = ["app.example.com"],
///     Certificate = "/etc/ssl/app.crt",
///     Root        = "/srv/app",
///     Locations   =
///     [
///         new("^~ /api/") { Proxy = "http://127.0.0.1:8080", Rewrite = "/", ReadTimeout = TimeSpan.FromMinutes(5) },
///         new("/") { TryFiles = ["$uri", "$uri/", "/index.html"] },
///     ],
/// }
/// </code>
/// </example>
/// <param name="Name">The file's name: letters, digits, dots, dashes and underscores.</param>
public sealed partial record NginxSite(string Name) : Resource<NginxSite.State>
{
    /// <summary>The names of the site, as in the address of a browser; empty by default, for whatever name nobody else has.</summary>
    public IReadOnlyList<string> ServerNames { get; init; } = [];

    /// <summary>
    /// The ports, or addresses with ports such as <c>127.0.0.1:8080</c>, to listen on; a port alone is for IPv4 and IPv6. Empty by
    /// default, which is 80, or 443 with a certificate.
    /// </summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>The file of the certificate; the site does without TLS when null.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file of the certificate's private key; when null, the certificate's path with the ending <c>.key</c>.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Whether requests without TLS on port 80 are sent to the site with TLS; true by default.</summary>
    public bool RedirectToTls { get; init; } = true;

    /// <summary>The directory of the files; none when null.</summary>
    public string? Root { get; init; }

    /// <summary>
    /// What it does, by path. nginx chooses the location for a request; their order counts only for expressions. Empty by default.
    /// </summary>
    public IReadOnlyList<NginxLocation> Locations { get; init; } = [];

    /// <summary>
    /// Other directives of the site, each with its semicolon, such as <c>client_max_body_size 50m;</c>. None by default.
    /// </summary>
    public IReadOnlyList<string> Directives { get; init; } = [];

    /// <summary>The whole file, in the place of all that; when null, it is made from the other properties.</summary>
    public Content? Content { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    internal string Available => $"/etc/nginx/sites-available/{Name}";

    internal string Link => $"/etc/nginx/sites-enabled/{Name}";

    internal string Conf => $"/etc/nginx/conf.d/{Name}.conf";

    string Target => $"../sites-available/{Name}";

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The file.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode.</param>
    /// <param name="Enabled">Whether nginx reads it.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Enabled) : IFileState
    {
        /// <summary>Whether its file is in conf.d.</summary>
        internal bool IsConf { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in NameProblems(Name))
                yield return problem;
            if (Content is not null)
            {
                if (ServerNames.Count + Listen.Count + Locations.Count + Directives.Count > 0 || (Certificate ?? Root) is not null)
                    yield return "its Content is the whole file, so the other properties would not be used";
                yield break;
            }

            foreach (var name in ServerNames.Where(name => !ServerName().IsMatch(name)))
                yield return $"\"{Text.Excerpt(name)}\" is not the name of a site: letters, digits, dots and dashes, "
                    + "*. at the beginning, or ~ and an expression";
            foreach (var listen in Listen.Where(listen => !IsListen(listen)))
                yield return $"\"{Text.Excerpt(listen)}\" is not a port (1-65535), and not an address with a port";
            foreach (var path in ((string?[])[Certificate, Certificate is null ? null : KeyPath, Root]).OfType<string>())
            {
                foreach (var problem in PathProbe.Problems(path).Append(NginxSyntax.Problem(path)).OfType<string>())
                    yield return problem;
            }

            if (CertificateKey is not null && Certificate is null)
                yield return "a CertificateKey is for a site with a Certificate";
            if (Root is null && Locations.Count + Directives.Count == 0)
                yield return "it serves nothing: give it Locations, a Root, or the whole file as Content";
            foreach (var problem in Locations.SelectMany(location => location.Problems))
                yield return problem;
            foreach (var twice in Locations.GroupBy(location => location.Path, StringComparer.Ordinal).Where(same => same.Count() > 1))
                yield return $"it has two locations {Text.Excerpt(twice.Key)}";
            foreach (var open in Directives.Concat(Locations.SelectMany(location => location.Directives)).Where(line => !IsWhole(line)))
                yield return $"the directive \"{Text.Excerpt(open)}\" does not end with ; or }}";
        }
    }

    /// <summary>What is wrong with the name of a site.</summary>
    internal static IEnumerable<string> NameProblems(string name) =>
        FileName().IsMatch(name)
            ? []
            : [$"\"{Text.Excerpt(name)}\" is not a name for a site's file: letters, digits, dots, dashes and underscores"];

    static bool IsWhole(string directive) =>
        directive.TrimEnd() is [.., ';' or '}'] && !directive.Contains('\0', StringComparison.Ordinal);

    static bool IsListen(string listen) =>
        ListenOn().Match(listen) is { Success: true } match
        && int.TryParse(match.Groups["port"].Value, out var port)
        && port is > 0 and < 65536;

    IReadOnlyList<string> Ports =>
        Listen.Count > 0 ? Listen
        : Certificate is null ? ["80"]
        : ["443"];

    string KeyPath => CertificateKey ?? (Certificate is null ? "" : PrivateKeyFile.Beside(Certificate));

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        Content is not null
            ? []
            : Ports.SelectMany(
                _ => ServerNames.Distinct(StringComparer.OrdinalIgnoreCase),
                (port, name) =>
                    new Claim(
                        new("site of nginx", $"{port} {name.ToLowerInvariant()}"),
                        Name,
                        $"the site {Name} answers for {name} on port {port}"
                    )
            );

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Tool("nginx"), .. Writes];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Available), Aspect.Path(Link), Aspect.Path(Conf)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => Writes;

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "root", "root", Wanted.IsSecret ? "0600" : "0644", true);

    Content Wanted => Content ?? string.Concat(Servers.Select(line => line + "\n"));

    IEnumerable<string> Servers =>
        [
            "# Written by cfg: what is changed here is changed back.",
            .. Certificate is not null && RedirectToTls
                ? (string[])["server {", .. Indented([.. Listens("80"), .. Named, "return 301 https://$host$request_uri;"]), "}", ""]
                : [],
            "server {",
            .. Indented(Body),
            "}",
        ];

    IEnumerable<string> Body =>
        [
            .. Ports.SelectMany(Listens).Select(line => Certificate is null ? line : line.Replace(";", " ssl;", StringComparison.Ordinal)),
            .. Named,
            .. Certificate is null
                ? (string[])[]
                : [$"ssl_certificate {NginxSyntax.Word(Certificate)};", $"ssl_certificate_key {NginxSyntax.Word(KeyPath)};"],
            .. Root is null ? (string[])[] : [$"root {NginxSyntax.Word(Root)};"],
            .. Directives.SelectMany(directive => directive.TrimEnd('\n').Split('\n')),
            .. Locations.SelectMany(location => location.Lines.Prepend("")),
        ];

    string[] Named => ServerNames.Count == 0 ? [] : [$"server_name {string.Join(' ', ServerNames.Select(NginxSyntax.Word))};"];

    static string[] Listens(string on) => on.All(char.IsAsciiDigit) ? [$"listen {on};", $"listen [::]:{on};"] : [$"listen {on};"];

    static IEnumerable<string> Indented(IEnumerable<string> lines) => lines.Select(line => line.Length == 0 ? line : "    " + line);

    Probe<PathState> FileProbe(string path) => PathProbe.OfRoot(path, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_nginx_site {Name} {new Hint(Wanted.IsSecret ? "-" : Wanted.Digest, "-")}", Parse)
        {
            Prelude = FileProbe(Available).Prelude,
            Tools = ["nginx"],
            Needs = Needs,
        };

    IEnumerable<Need> Needs(Output output)
    {
        var (said, file) = AnswerHead.Until(output, "file");
        return
        [
            .. FileProbe(said["layout"] is "conf" ? Conf : Available).Needs(file),
            .. said["enabled"] is "file"
                ? (Need[])
                    [
                        new(Aspect.Path(Link), $"there is a file at {Link}, not a link to {Available}")
                        {
                            Always = true,
                            Hint = "cfg does not replace it unasked: move it away, or use another name",
                        },
                    ]
                : [],
        ];
    }

    State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var isConf = said["layout"] switch
        {
            "conf" => true,
            "sites" => false,
            var other => throw new UnexpectedOutputException($"expected where sites are, got \"{Text.Excerpt(other)}\""),
        };
        var file = FileProbe(isConf ? Conf : Available).Read(rest);
        bool? enabled = said["enabled"] switch
        {
            "yes" => true,
            "no" or "elsewhere" or "file" => false,
            var other => throw new UnexpectedOutputException($"expected whether the site is enabled, got \"{Text.Excerpt(other)}\""),
        };
        return file is null && (isConf || enabled is false) && said["enabled"] is not "elsewhere"
            ? isConf
                ? new(null, null, null, null, null) { IsConf = true }
                : null
            : new(file?.Content, file?.Owner, file?.Group, file?.Mode, enabled) { IsConf = isConf };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Content is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) => Content is null ? [] : FileWrite.Notes(Content, FileDiff(diff));

    Diff<PathState> FileDiff(Diff<State> diff) => RootFile.Diff(diff.Actual, Wanted, Desired.Mode);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var isConf = diff.Actual?.IsConf is true;
        var (path, file) = (isConf ? Conf : Available, FileDiff(diff));
        var check = isConf
            ? (Shell)$"cfg_check nginx /etc/nginx file {Conf}"
            : $"cfg_check nginx /etc/nginx file {Available} link {Link} {Target}";
        foreach (var operation in file.IsEmpty ? [] : FileWrite.Operations(path, file, check))
            yield return operation.Input is null || !RootFile.IsWritten(file)
                ? operation
                : operation with
                {
                    Title = $"write {path} ({Size}), checked by: nginx -t, with all other sites",
                };
        if (!isConf && (diff.Creates || diff.Changes(s => s.Enabled)))
            yield return LinkWrite.To(Link, Target);
    }

    string Size => Wanted.IsSecret ? "secret" : $"{Wanted.Length} bytes";

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^(_|~[^\x00-\x1f\x7f]+|(\*\.|\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(\.\*)?)\z")]
    private static partial Regex ServerName();

    [GeneratedRegex(@"^(([0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:]+\]|localhost|\*):)?(?<port>[0-9]{1,5})\z")]
    private static partial Regex ListenOn();
}
