using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConfigEngine.Local;

/// <summary>Functions that .NET has no API for: a file's owner, and this process's user.</summary>
static partial class LibC
{
    /// <summary>Long enough for a struct statx (256 bytes, the same on all kinds of processors) and for macOS's struct stat.</summary>
    public const int StatusLength = 256;

    // <fcntl.h> of Linux.
    const int WorkingDirectory = -100;
    const int NoFollow = 0x100;
    const int EmptyPath = 0x1000;
    const uint BasicStatus = 0x7ff;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Makes a descriptor a copy of another one.</summary>
    /// <returns>The descriptor, or -1.</returns>
    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int descriptor, int to);

    /// <summary>The status of a path; for a link, of the link itself.</summary>
    /// <returns>0, or the error's number.</returns>
    public static int Status(string path, Span<byte> status) =>
        Error(
            OperatingSystem.IsLinux() ? StatX(WorkingDirectory, path, NoFollow, BasicStatus, status)
            : IsArm ? LStat(path, status)
            : LStat64(path, status)
        );

    /// <summary>The status of an open file.</summary>
    /// <returns>0, or the error's number.</returns>
    public static int Status(SafeFileHandle file, Span<byte> status)
    {
        var isHeld = false;
        file.DangerousAddRef(ref isHeld);
        try
        {
            var descriptor = (int)file.DangerousGetHandle();
            return Error(
                OperatingSystem.IsLinux() ? StatX(descriptor, "", EmptyPath, BasicStatus, status)
                : IsArm ? FStat(descriptor, status)
                : FStat64(descriptor, status)
            );
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
    }

    static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    static int Error(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> status);

    // On macOS, stat(2) has two layouts; on Intel, the plain name has the old one.
    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int FStat(int descriptor, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int FStat64(int descriptor, Span<byte> status);
}
