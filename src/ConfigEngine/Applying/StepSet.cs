using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Applying;

/// <summary>
/// Adjacent steps that a host does with few processes: all of them are brief, and none touches what another one touches. Their guards
/// are probed as a set before the first of them, the files that they write are prepared together (see prepare.sh), and what they made
/// is probed as a set after the last. Each step is still made on its own, in order, and only if its guard holds. Any other step is
/// alone in its set.
/// </summary>
sealed partial class StepSet
{
    /// <summary>Larger files are written by their steps: what is prepared stays in the shell's memory until the last step.</summary>
    const long LargestFile = 64 * 1024;

    /// <summary>How much is prepared for a set.</summary>
    const long MostPrepared = 2 * 1024 * 1024;

    /// <summary>
    /// The host itself gives up looks that take longer, and leaves them to the steps; this is far beyond that.
    /// </summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    readonly HashSet<Step> prepared = new(ReferenceEqualityComparer.Instance);

    StepSet(IReadOnlyList<Step> steps)
    {
        Steps = steps;
        if (!IsTogether)
            return;
        var total = 0L;
        foreach (var step in steps)
        {
            if (FileOf(step) is { } file && (total += file.Content.Length) <= MostPrepared)
                prepared.Add(step);
        }
    }

    /// <summary>The steps.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Whether it is more than one step.</summary>
    public bool IsTogether => Steps.Count > 1;

    /// <summary>Their changes.</summary>
    public IEnumerable<PlannedChange> Entries => Steps.SelectMany(step => step.Entries);

    /// <summary>Whether the file that a step writes is prepared together with others.</summary>
    public bool Prepares(Step step) => prepared.Contains(step);

    /// <summary>The sets of steps, in order.</summary>
    public static IEnumerable<StepSet> Of(IEnumerable<Step> steps)
    {
        List<Step> set = [];
        Touched touched = new();
        var mayGrow = false;
        foreach (var step in steps)
        {
            if (set.Count > 0 && !(mayGrow && step.IsBrief && set.Count < ProbeSet.Most && touched.Add(step)))
            {
                yield return new([.. set]);
                set.Clear();
            }

            if (set.Count == 0)
            {
                touched = new();
                mayGrow = step.IsBrief && touched.Add(step);
            }

            set.Add(step);
        }

        if (set.Count > 0)
            yield return new([.. set]);
    }

    /// <summary>
    /// What is asked for before the first step: it probes the guards, and prepares the files. It never fails, because each step looks
    /// itself where its guard was not seen to hold, and writes its file where that was not prepared. Null where a step is alone.
    /// </summary>
    /// <param name="first">The number of the first step; the others follow it.</param>
    public Request? Before(int first)
    {
        if (!IsTogether)
            return null;
        StringBuilder script = new();
        foreach (var prelude in Entries.Select(entry => entry.Probe?.Prelude).OfType<Shell>().Distinct())
            script.Append(prelude.Text).Append('\n');
        script.Append("cfg_set guards\n");
        foreach (var entry in Entries)
            script.Append("cfg_look ").AppendJoin(' ', CallsOf(entry).Select(Shell.Quote)).Append('\n');
        script.Append($"cfg_guards {first}\n");
        script = new($"cfg_see {Shell.Quote(script.ToString())}\n");
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Prepares(Steps[i]) && FileOf(Steps[i]) is var (file, content))
                script.Append($"cfg_file {first + i} {Words(file)} {Words(content)}\n");
        }

        if (prepared.Count > 0)
            script.Append($"cfg_prepare_all .cfg.{RandomNumberGenerator.GetHexString(10, lowercase: true)}~\n");
        return new(script.ToString(), $"what {Text.List([.. Steps.Select(step => step.Address)], 3)} need")
        {
            Chained = true,
            Stays = true,
            Deadline = Deadline,
        };
    }

    /// <summary>What is asked for after the last step: it removes what is left of prepared files. Null where none was prepared.</summary>
    public Request? After => prepared.Count > 0 ? new("cfg_unprepare", "the removal of prepared files") { Stays = true } : null;

    static IReadOnlyList<string> CallsOf(PlannedChange entry) =>
        entry.Guard is { } guard && Calls.Of(guard.Script, entry.Probe?.Prelude) is { } calls
            ? calls
            : throw new InvalidOperationException($"the guard of {entry.Resource.Address} cannot be in a set");

    /// <summary>The file that a step writes, if it can be prepared.</summary>
    static (WholeFile File, ReadOnlyMemory<byte> Content)? FileOf(Step step) =>
        step is { IsBrief: true, Operations: [{ Writes: { } file, Input: { IsSecret: false, Length: <= LargestFile, Bytes: { } bytes } }] }
        && Plain().IsMatch(file.Path)
        && Word().IsMatch(file.Owner)
        && Word().IsMatch(file.Group)
            ? (file, bytes)
            : null;

    static string Words(WholeFile file) =>
        string.Join(' ', ((string[])[file.Path, file.Owner, file.Group, file.Mode]).Select(Shell.Quote));

    /// <summary>Text in ASCII is sent as it is: the shell itself writes it. For any other content, the host starts base64(1).</summary>
    static string Words(ReadOnlyMemory<byte> content) =>
        content.Span.IndexOfAnyExcept(Typed) < 0
            ? $"plain {Shell.Quote(Encoding.ASCII.GetString(content.Span))}"
            : $"base64 {Shell.Quote(Convert.ToBase64String(content.Span))}";

    static readonly System.Buffers.SearchValues<byte> Typed = System.Buffers.SearchValues.Create([
        .. "\t\n"u8,
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (byte)code),
    ]);

    /// <summary>A path whose name is a line without the characters that separate fields.</summary>
    [GeneratedRegex(@"\A/[^\n\\|]*[^\n\\|/]\z")]
    private static partial Regex Plain();

    /// <summary>The name or number of a user or group; or nothing.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9._-]*\z")]
    private static partial Regex Word();
}
