using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Applying;

/// <summary>
/// Probes that a host answers together, with a few processes for all of them (see sets.sh). Each gets the very answer that it would
/// get alone.
/// </summary>
sealed class ProbeSet
{
    /// <summary>The most probes of a set: their words are arguments of processes, whose length is limited.</summary>
    public const int Most = 500;

    /// <summary>
    /// The host itself ends whatever takes longer, names it, and leaves out what there is no more time for; this is far beyond that.
    /// </summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    readonly IReadOnlyList<ProbeRequest> members;
    readonly byte[] mark;

    ProbeSet(IReadOnlyList<(ProbeRequest Request, IReadOnlyList<string> Calls)> members, string mark)
    {
        this.members = [.. members.Select(member => member.Request)];
        this.mark = Encoding.UTF8.GetBytes($"\n{mark} ");
        StringBuilder script = new();
        var user = this.members[0].As;
        if (user is not null)
            script.AppendJoin("", this.members.Select(member => member.Prelude).OfType<Shell>().Distinct().Select(one => $"{one.Text}\n"));
        script.Append($"cfg_set {mark}\n");
        foreach (var (_, calls) in members)
            script.Append("cfg_look ").AppendJoin(' ', calls.Select(Shell.Quote)).Append('\n');
        script.Append("cfg_answer_all");
        Request = new(Probing.ScriptFor(Shell.Verbatim(script.ToString()), null, user), What) { Deadline = Deadline };
    }

    /// <summary>The probes.</summary>
    public IReadOnlyList<ProbeRequest> Members => members;

    string What => members.Count == 1 ? members[0].What : $"{members[0].What} and {members.Count - 1} more";

    /// <summary>The set as a request of a session, which has already run its preludes unless it is for another user.</summary>
    public Request Request { get; }

    /// <summary>The sets that probes can be asked in, and the probes that are asked alone.</summary>
    public static (IReadOnlyList<ProbeSet> Sets, IReadOnlyList<ProbeRequest> Alone) Of(IReadOnlyList<ProbeRequest> requests)
    {
        var parted = requests.Select(request => (Request: request, Calls: Calls.Of(request.Script, request.Prelude))).ToList();
        return (
            [
                .. parted
                    .Where(one => one.Calls is not null)
                    .GroupBy(one => one.Request.As)
                    .SelectMany(ofOneUser => ofOneUser.Chunk(Most))
                    .Select(chunk => new ProbeSet(
                        [.. chunk.Select(one => (one.Request, one.Calls ?? []))],
                        "cfg" + RandomNumberGenerator.GetHexString(32, lowercase: true)
                    )),
            ],
            [.. parted.Where(one => one.Calls is null).Select(one => one.Request)]
        );
    }

    /// <summary>
    /// Asks a set. A probe that has no answer is not among the answers, and is to be asked alone: there was no more time for it, or
    /// a file was changed while it was read.
    /// </summary>
    /// <exception cref="ConnectionLostException">The session ended first.</exception>
    public async Task<IReadOnlyDictionary<ProbeRequest, Output>> Ask(ISession session, ProbeTime when, CancellationToken ct)
    {
        try
        {
            return Split(await session.Ask(Request with { Chained = when is ProbeTime.WithSteps }, ct));
        }
        catch (AnswerTooLongException)
        {
            return new Dictionary<ProbeRequest, Output>();
        }
    }

    /// <summary>The answer to each probe, from the answer to all of them.</summary>
    internal IReadOnlyDictionary<ProbeRequest, Output> Split(Output whole)
    {
        if (whole.Exit is ProbeRequest.UserMissing or ConfigEngine.Applying.Request.Skipped)
            return members.ToDictionary(member => member, _ => whole);
        var errors = Frames(whole.Stderr).ToLookup(frame => frame.Words[0], frame => frame.Body);
        Dictionary<ProbeRequest, Output> answers = [];
        List<(ProbeRequest Request, ReadOnlyMemory<byte> Head, int Length, string Digest)> open = [];
        foreach (var (body, words) in Frames(whole.Stdout))
        {
            if (words is ["0", _])
            {
                foreach (var (request, answer) in Ends(open, body))
                    answers[request] = answer;
                continue;
            }

            if (words is not [var first, var second, .. var more] || Read(first) is not { } number || Read(second) is not { } exit)
                continue;
            if (number < 1 || number > members.Count)
                continue;
            var member = members[number - 1];
            if (more is [var size, var digest] && Read(size) is { } length)
                open.Add((member, body, length, digest));
            else if (exit == 0 || errors.Contains(first))
                answers[member] = new(exit, body, errors[first].FirstOrDefault());
        }

        return answers;
    }

    static int? Read(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// The answers that end with the content of a file. A content that has not the digest that was told before it was changed while
    /// it was read, and then the places of the next ones are not certain either; each has to prove itself.
    /// </summary>
    static IEnumerable<(ProbeRequest Request, Output Answer)> Ends(
        IEnumerable<(ProbeRequest Request, ReadOnlyMemory<byte> Head, int Length, string Digest)> open,
        ReadOnlyMemory<byte> contents
    )
    {
        var at = 0;
        foreach (var (request, head, length, digest) in open)
        {
            if (at + length > contents.Length)
                yield break;
            var content = contents.Slice(at, length);
            at += length;
            if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) == digest)
                yield return (request, new(0, (byte[])[.. head.Span, .. content.Span], default));
        }
    }

    /// <summary>The parts of an answer that end with the mark, each with the words after the mark.</summary>
    IEnumerable<(ReadOnlyMemory<byte> Body, string[] Words)> Frames(ReadOnlyMemory<byte> stream)
    {
        while (stream.Span.IndexOf(mark) is >= 0 and var end)
        {
            var rest = stream[(end + mark.Length)..];
            if (rest.Span.IndexOf((byte)'\n') is not (>= 0 and var line))
                yield break;
            if (Encoding.ASCII.GetString(rest.Span[..line]).Split(' ') is [_, ..] words)
                yield return (stream[..end], words);
            stream = rest[(line + 1)..];
        }
    }
}
