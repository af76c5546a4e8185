using System.Collections.Concurrent;

namespace ConfigEngine.Testing;

/// <summary>Opens sessions that keep what is asked and answered while a plan is made.</summary>
/// <param name="connector">Opens the sessions.</param>
sealed class RecordingConnector(IConnector connector) : IConnector
{
    readonly ConcurrentDictionary<string, Heard> hosts = [];

    /// <summary>What was heard from a host; null where it did not answer.</summary>
    public Heard? Of(string host) => hosts.TryGetValue(host, out var heard) && heard.Sections.Count > 0 ? heard : null;

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        Heard heard = new();
        var listening = how?.AtOnce is { } atOnce ? how with { AtOnce = session => atOnce(new Session(session, heard)) } : how;
        var session = await connector.Connect(host, listening, ct);
        heard.Sections = HostRecording.SectionsOf(await session.Ask(new(FactScript.Text, "the host's facts"), ct));
        hosts[host.Name] = heard;
        return new Session(session, heard);
    }

    /// <summary>What one host said.</summary>
    public sealed class Heard
    {
        readonly ConcurrentDictionary<(string, string?), RecordedAnswer> answers = [];

        /// <summary>Its facts.</summary>
        public IReadOnlyList<(string Name, string Text)> Sections { get; set; } = [];

        /// <summary>Its answers.</summary>
        public IReadOnlyList<RecordedAnswer> Answers => [.. answers.Values];

        /// <summary>Keeps an answer.</summary>
        public void Add(RecordedAnswer answer) => answers[(answer.Asked, answer.As)] = answer;
    }

    sealed class Session(ISession session, Heard heard) : IProbed
    {
        public Facts Facts => session.Facts;

        public CancellationToken Lost => session.Lost;

        public async Task<Output> Ask(Request request, CancellationToken ct)
        {
            var answer = await session.Ask(request, ct);
            if (ReferenceEquals(request, Records.Ledger))
                heard.Add(new(Question.EarlierRuns, Question.EarlierRuns, null) { Answer = answer });
            return answer;
        }

        public async Task<IReadOnlyDictionary<ProbeRequest, Output>> Answers(IReadOnlyList<ProbeRequest> requests, CancellationToken ct)
        {
            var answers = await Probing.Ask(session, [.. requests.Select(request => request.Plain).Distinct()], ct);
            foreach (var request in requests)
                heard.Add(new(Question.Of(request), request.Script.Plain, request.As) { Answer = Kept(request, answers[request.Plain]) });
            return requests.ToDictionary(request => request, request => answers[request.Plain]);
        }

        public bool Has(ProbeRequest request) => true;

        static Output? Kept(ProbeRequest request, Output answer)
        {
            try
            {
                return request.For is { } resource ? resource.ForRecording(answer) : answer;
            }
            catch (UnexpectedOutputException)
            {
                // An answer that cannot be read is shown by the plan; whether it holds a secret cannot be told.
                return request.For is { } resource && resource.Secrets.Any() ? null : answer;
            }
        }

        public Task<CfgException?> Halt(CancellationToken ct) => session.Halt(ct);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
