namespace ConfigEngine.Resources;

/// <content>What cannot be: in the declaration, and on the host.</content>
public sealed partial record Certificate
{
    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. Private?.Problems ?? [],
            .. SignedBy is null ? [] : PathProbe.Problems(SignedBy).Concat(PathProbe.Problems(AuthorityKey ?? "")),
            .. CertificateText.NameProblems(Names),
            .. CertificateText.CommonNameProblems(CommonName, Subject),
            .. (IsAuthority, Names.Count, CommonName) switch
            {
                (false, 0, _) => (string[])
                    ["it is a certificate for no name: give it Names, such as [\"app.example.com\"], or IsAuthority = true"],
                (true, 0, null) => ["an authority has a name: give it a CommonName"],
                (true, > 0, _) => ["an authority is not for a host: leave out its Names, or make another certificate for them"],
                _ => [],
            },
            .. Private?.Path == Path ? (string[])["the certificate and its key cannot be one file"] : [],
            .. SignedBy == Path ? (string[])["it cannot be its own authority: leave out SignedBy for one that signs itself"] : [],
            .. SigningKey is not null && SignedBy is null ? (string[])["a SigningKey is for a certificate with SignedBy"] : [],
            .. Request is not null && SignedBy is null ? (string[])["a Request is for a certificate with SignedBy"] : [],
            .. Request is not null && (PrivateKey ?? KeyType ?? KeyOwner ?? KeyGroup) is not null | KeyBits is not null
                ? (string[])["the key of a Request is on the host that made the request, so nothing is said of it here"]
                : [],
            .. NewLifetime.Ticks % TimeSpan.TicksPerDay == 0 && NewLifetime.Days is >= 1 and <= 36500
                ? (string[])[]
                : ["its Lifetime is whole days, from 1 to 36500"],
            .. Renewal >= TimeSpan.Zero && Renewal < NewLifetime
                ? (string[])[]
                : ["its RenewBefore is shorter than its Lifetime, or it would be made again at every apply"],
        ];

    IEnumerable<Need> Needs(Output output)
    {
        var (said, key, file) = Parts(output);
        var authority = SignedBy ?? "";
        return
        [
            .. FileProbe.Needs(file),
            .. key is null || Private is not { } file2 ? [] : file2.Probe.Needs(key),
            .. said.Find("authority") switch
            {
                "absent" =>
                [
                    new Need(Aspect.Path(authority), $"the authority's certificate {authority} does not exist")
                    {
                        Hint = $"declare new Certificate(\"{authority}\") {{ IsAuthority = true, CommonName = … }} before this line",
                    },
                ],
                "keyless" => [new Need(Aspect.Path(AuthorityKey ?? ""), $"the authority's private key {AuthorityKey} does not exist")],
                "no" =>
                [
                    new Need(Aspect.Path(authority), $"{authority} is not the certificate of an authority, so it cannot sign others"),
                ],
                _ => (Need[])[],
            },
            .. Request is { IsKnown: true, Value: var request }
            && CertificateText.ParseRequest(request)?.CommonName is var asked
            && asked != Subject
                ? (Need[])
                    [
                        new(new("nothing", Key), asked is null ? "its Request is not a request for a certificate" : Other(asked))
                        {
                            Always = true,
                            Hint = "give both one CommonName, and no other part of a subject",
                        },
                    ]
                : [],
        ];
    }

    string Other(string asked) => $"its Request is for the subject \"{Text.Excerpt(asked)}\", and not for \"{Subject}\"";
}
