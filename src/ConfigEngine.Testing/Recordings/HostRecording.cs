using System.Text;

namespace ConfigEngine.Testing;

/// <summary>
/// What one host said when it was asked for a plan: its facts and its answers, as a file beside a recipe keeps them. It is made by
/// <c>cfg record</c>, can be edited by hand, and has no secrets.
/// </summary>
sealed record HostRecording
{
    /// <summary>The line that a file begins with; another number is another form.</summary>
    public const string Format = "cfg-recording 1";

    const string Boundary = "cfg-recorded-section";

    readonly Lazy<Facts> facts;
    readonly Lazy<IReadOnlyDictionary<(string Asked, string? As), RecordedAnswer>> byQuestion;

    public HostRecording() => (facts, byQuestion) = (ReadFacts, Index);

    // A changed copy has other facts and answers, so it must not take what was read of the first.
    HostRecording(HostRecording other)
    {
        (Path, Date, System, Cfg, Base) = (other.Path, other.Date, other.System, other.Cfg, other.Base);
        (Pinned, Sections, Answers) = (other.Pinned, other.Sections, other.Answers);
        (facts, byQuestion) = (ReadFacts, Index);
    }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The day on which it was made.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The distribution, for people.</summary>
    public string System { get; init; } = "";

    /// <summary>The version of cfg that made it.</summary>
    public string Cfg { get; init; } = "";

    /// <summary>Another recording, relative to this file: it has everything that this one does not have. None when null.</summary>
    public string? Base { get; init; }

    /// <summary>Why it is kept as it is, however old it gets; null where it is not.</summary>
    public string? Pinned { get; init; }

    /// <summary>The sections of the facts: a name, with the host's note after it, and the text.</summary>
    public IReadOnlyList<(string Name, string Text)> Sections { get; init; } = [];

    /// <summary>The answers.</summary>
    public IReadOnlyList<RecordedAnswer> Answers { get; init; } = [];

    /// <summary>The facts; read once.</summary>
    /// <exception cref="RecordingException">They cannot be read.</exception>
    public Facts Facts
    {
        get
        {
            try
            {
                return facts.Value;
            }
            catch (FactsUnreadableException unreadable)
            {
                throw new RecordingException(Path, $"its facts cannot be read: {unreadable.Message}");
            }
        }
    }

    /// <summary>The answer to a question; null where it has none.</summary>
    public RecordedAnswer? Find(string asked, string? user) => byQuestion.Value.GetValueOrDefault((asked, user));

    /// <summary>This recording, with everything that it does not have from another one.</summary>
    public HostRecording Over(HostRecording under) =>
        this with
        {
            System = System.Length > 0 ? System : under.System,
            Cfg = Cfg.Length > 0 ? Cfg : under.Cfg,
            Sections = Over(under.Sections, Sections, section => section.Name.Split(' ')[0]),
            Answers = Over(under.Answers, Answers, answer => $"{answer.As}\0{answer.Asked}"),
        };

    static IReadOnlyList<T> Over<T>(IReadOnlyList<T> under, IReadOnlyList<T> over, Func<T, string> name)
    {
        var own = over.ToDictionary(name);
        return
        [
            .. under.Select(one => own.Remove(name(one), out var instead) ? instead : one),
            .. over.Where(one => own.ContainsKey(name(one))),
        ];
    }

    Lazy<Facts> ReadFacts => new(() => Facts.Parse(FactText));

    Lazy<IReadOnlyDictionary<(string Asked, string? As), RecordedAnswer>> Index =>
        new(() => Answers.ToDictionary(answer => (answer.Asked, answer.As)));

    /// <summary>The facts as the host's script prints them.</summary>
    string FactText =>
        string.Concat(Sections.Select(section => $"\n{Boundary} {section.Name}\n{section.Text}").Prepend($"cfg-facts 1 {Boundary}\n"))
        + $"\n{Boundary} end\n";

    /// <summary>The sections of an answer to the fact script, without lines that no fact comes from.</summary>
    public static IReadOnlyList<(string Name, string Text)> SectionsOf(Output answer) =>
        [
            .. FactAnswer
                .Split(Encoding.UTF8.GetString(answer.Stdout.Span))
                .Sections.Select(section =>
                    (
                        $"{section.Name} {section.Note}".TrimEnd(),
                        section.Name switch
                        {
                            "meminfo" => Used(section.Text),
                            "mounts" => Numbered(section.Text),
                            _ => section.Text,
                        }
                    )
                ),
        ];

    // The ids of mounts, and of their peers, are other ones after each boot (proc_pid_mountinfo(5)): they are numbered from 1, and
    // nothing is said of peers.
    static string Numbered(string text)
    {
        var lines = text.Split('\n').Where(line => line.Length > 0).Select(line => line.Split(' ')).ToList();
        var ids = lines.Select((words, i) => (Id: words[0], Number: i + 1)).DistinctBy(line => line.Id).ToDictionary();
        return string.Concat(
            lines.Select(words =>
                $"{ids[words[0]]} {ids.GetValueOrDefault(words[1])} {string.Join(' ', words[2..6])} "
                + $"{string.Join(' ', words.SkipWhile(word => word is not "-"))}\n"
            )
        );
    }

    // All of /proc/meminfo changes all the time; facts come from a few of its lines.
    static string Used(string text) =>
        string.Concat(
            text.Split('\n')
                .Where(line => line.Split(':')[0] is "MemTotal" or "MemAvailable" or "MemFree" or "Buffers" or "Cached" or "SwapTotal")
                .Select(line => line + "\n")
        );
}

/// <summary>A question and a host's answer.</summary>
/// <param name="Of">What the question is for: a resource's address, or a word. For people, and for errors.</param>
/// <param name="Asked">The question: the probe as the resource states it, without hints.</param>
/// <param name="As">The user that it was asked as; the session's user when null.</param>
sealed record RecordedAnswer(string Of, string Asked, string? As)
{
    /// <summary>What was said; null where it is not kept because it may hold a secret.</summary>
    public Output? Answer { get; init; }
}

/// <summary>A recording is not as it should be.</summary>
sealed class RecordingException(string path, string problem) : CfgException($"{path}: {problem}");
