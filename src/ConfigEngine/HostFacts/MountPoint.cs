using System.Text.RegularExpressions;

namespace ConfigEngine.HostFacts;

/// <summary>
/// A mount, read only from <c>/proc/self/mountinfo</c> (proc(5)): a dead network mount is listed like any other.
/// </summary>
/// <param name="Source">The device, share or pseudo name; <c>none</c> if the kernel has none.</param>
/// <param name="Target">Where it is mounted.</param>
/// <param name="FileSystem">Its type: <c>ext4</c>, <c>nfs4</c>, <c>fuse.sshfs</c>.</param>
/// <param name="Options">The options of the mount, then of the file system; <c>ro</c> if either of them is read-only.</param>
public sealed partial record MountPoint(string Source, string Target, string FileSystem, IReadOnlyList<string> Options)
{
    /// <summary>The directory of the file system that is mounted: <c>/</c>, or another one for a bind mount or subvolume.</summary>
    public string Root { get; init; } = "/";

    /// <summary>
    /// Whether files under it may be unreachable, because another host, a daemon or an automounter provides them.
    /// </summary>
    public bool IsNetwork => Network.IsMatch(FileSystem);

    internal static IReadOnlyList<MountPoint> Read(FactSection section) => [.. section.Lines.Select(line => One(section, line))];

    static MountPoint One(FactSection section, string line)
    {
        // Example: 36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        var split = line.IndexOf(" - ", StringComparison.Ordinal);
        string[] left = split < 0 ? [] : line[..split].Split(' ');
        string[] right = split < 0 ? [] : line[(split + 3)..].Split(' ', 3);
        if (left.Length < 6 || right.Length != 3 || !left[0].All(char.IsAsciiDigit) || !left[2].Contains(':') || !left[4].StartsWith('/'))
            throw section.Unknown(line, "a line of mountinfo, as proc(5) describes it");
        var options = left[5].Split(',').Concat(right[2].Split(',')).Where(o => o is not "").Distinct().ToList();
        if (options.Contains("ro"))
            options = [.. options.Where(o => o is not ("rw" or "ro")).Prepend("ro")];
        return new(
            right[1] is "" ? "none" : MountField.Unescape(right[1]),
            MountField.Unescape(left[4]),
            right[0],
            [.. options.Select(MountField.Unescape)]
        )
        {
            Root = MountField.Unescape(left[3]),
        };
    }

    // The fact script has the same list.
    [GeneratedRegex(
        "^(?!nfsd\\z|fusectl\\z)(nfs|cifs|smb|afs|9p|ceph|lustre|fuse|autofs|gpfs|glusterfs|beegfs|orangefs|pvfs2|coda|ncp|davfs)"
    )]
    static partial Regex Network { get; }
}
