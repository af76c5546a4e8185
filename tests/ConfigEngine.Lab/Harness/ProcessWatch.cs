using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ConfigEngine.Lab;

/// <summary>
/// Looks for words in the arguments and the environment of every process, over and over, until it is disposed. The processes of
/// lab hosts are seen from this machine as well.
/// </summary>
sealed class ProcessWatch : IAsyncDisposable
{
    readonly CancellationTokenSource over = new();
    readonly ConcurrentDictionary<string, byte> found = new();
    readonly IReadOnlyList<(string Word, byte[] Bytes)> words;
    readonly string owner;
    readonly Task watching;

    ProcessWatch(IReadOnlyList<string> words, string owner)
    {
        this.words = [.. words.Select(word => (word, Encoding.UTF8.GetBytes(word)))];
        this.owner = owner;
        watching = Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => Task.Factory.StartNew(Look, over.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        );
    }

    /// <summary>Begins.</summary>
    /// <param name="words">What to look for.</param>
    /// <param name="owner">What is in the arguments of the process that may have them in its environment, because it was given them
    /// so.</param>
    public static ProcessWatch Start(IReadOnlyList<string> words, string owner) => new(words, owner);

    /// <summary>Where a word was seen.</summary>
    public IReadOnlyCollection<string> Found => [.. found.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How often every process was looked at.</summary>
    public int Rounds { get; private set; }

    void Look()
    {
        while (!over.IsCancellationRequested)
        {
            foreach (
                var process in Directory
                    .EnumerateDirectories("/proc")
                    .Where(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            )
            {
                // In this order: what is no longer its parent has an environment of its own already (execve(2)).
                var arguments = Read($"{process}/cmdline");
                Note(arguments, "argument", arguments);
                if (!Encoding.UTF8.GetString(arguments).Contains(owner, StringComparison.Ordinal))
                    Note(Read($"{process}/environ"), "environment", arguments);
            }

            Rounds++;
        }
    }

    void Note(byte[] bytes, string kind, byte[] arguments)
    {
        foreach (var (word, _) in words.Where(word => bytes.AsSpan().IndexOf(word.Bytes) >= 0))
            found.TryAdd($"{kind} of {Encoding.UTF8.GetString(arguments).Split('\0')[0]}: {word}", 0);
    }

    static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching;
        over.Dispose();
    }
}
