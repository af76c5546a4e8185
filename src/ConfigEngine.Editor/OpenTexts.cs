using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ConfigEngine.Editor;

/// <summary>The texts that the editor has open. They count instead of the files, saved or not.</summary>
sealed class OpenTexts
{
    readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);
    readonly Channel<int> changes = Channel.CreateBounded<int>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    int version;

    /// <summary>A number that is higher after every change.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>The paths of the open scripts.</summary>
    public IReadOnlyList<string> Paths => [.. texts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The text of a script, if it is open.</summary>
    public string? Find(string path) => texts.GetValueOrDefault(path);

    /// <summary>A script was opened or changed.</summary>
    public void Set(string path, string text)
    {
        texts[path] = text;
        Touch();
    }

    /// <summary>A script was closed.</summary>
    public void Remove(string path)
    {
        texts.TryRemove(path, out _);
        Touch();
    }

    /// <summary>Something changed on the disk.</summary>
    public void Touch() => changes.Writer.TryWrite(Interlocked.Increment(ref version));

    /// <summary>Waits for a change since it was last called.</summary>
    public async Task Changed(CancellationToken ct) => await changes.Reader.ReadAsync(ct);
}
