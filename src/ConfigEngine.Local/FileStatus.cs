using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConfigEngine.Local;

/// <summary>A file's type, owner and mode (statx(2)). For a link, those of the link itself, not of its target.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="Owner">The number of its owner.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Device">The file system that it is on.</param>
/// <param name="Inode">Its number there: two names of the same file have the same device and inode.</param>
readonly record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, ulong Device, ulong Inode)
{
    const int Permissions = 0xfff;

    // <errno.h>: the same numbers on Linux and macOS.
    const int NoEntry = 2;
    const int AccessDenied = 13;
    const int NotDirectory = 20;

    /// <summary>The status of a path; null if it does not exist.</summary>
    public static FileStatus? Of(string path)
    {
        Span<byte> bytes = stackalloc byte[LibC.StatusLength];
        return LibC.Status(path, bytes) switch
        {
            0 => Read(bytes),
            NoEntry or NotDirectory => null,
            AccessDenied => throw new UnauthorizedAccessException($"{path}: permission denied"),
            var error => throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}"),
        };
    }

    /// <summary>The status of an open file.</summary>
    public static FileStatus Of(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[LibC.StatusLength];
        var error = LibC.Status(file, bytes);
        return error == 0 ? Read(bytes) : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>Whether it is exactly the same file, under any name.</summary>
    public bool IsSameAs(FileStatus other) => (Device, Inode, Kind) == (other.Device, other.Inode, other.Kind);

    static FileStatus Read(ReadOnlySpan<byte> bytes)
    {
        var isLinux = OperatingSystem.IsLinux();
        var mode = MemoryMarshal.Read<ushort>(bytes[(isLinux ? 28 : 4)..]);
        return new(
            (FileKind)(mode & ~Permissions),
            (UnixFileMode)(mode & Permissions),
            Number(bytes, isLinux ? 20 : 16),
            Number(bytes, isLinux ? 24 : 20),
            isLinux ? ((ulong)Number(bytes, 136) << 32) | Number(bytes, 140) : Number(bytes, 0),
            MemoryMarshal.Read<ulong>(bytes[(isLinux ? 32 : 8)..])
        );
    }

    static uint Number(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<uint>(bytes[at..]);
}

/// <summary>A file's type (inode(7), S_IFMT). Any other value is a device, a pipe or a socket.</summary>
enum FileKind
{
    /// <summary>A directory.</summary>
    Directory = 0x4000,

    /// <summary>A regular file.</summary>
    Regular = 0x8000,

    /// <summary>A symbolic link.</summary>
    Link = 0xa000,
}
