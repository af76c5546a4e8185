using System.Runtime.CompilerServices;
using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>
/// Text that is reviewed once and then compared at each run. The files follow Verify's conventions,
/// <c>Class.Method.verified.txt</c> and <c>Class.Method.received.txt</c> beside the test, so that its diff tools and editor support
/// work on them.
/// </summary>
public static class Snapshot
{
    /// <summary>When 1, the received text is accepted; never if <c>CI</c> is set.</summary>
    public const string AcceptVariable = "CFG_ACCEPT";

    /// <summary>Compares with the verified file.</summary>
    /// <exception cref="SnapshotException">The text differs, or there is no verified file yet.</exception>
    public static void Verify(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Compare(text, Path.ChangeExtension(file, null), test);

    /// <summary>Compares with the verified file of a test class and a test.</summary>
    /// <param name="text">The received text.</param>
    /// <param name="stem">The path of the test class's file, without its extension.</param>
    /// <param name="test">The test's name.</param>
    public static void Compare(string text, string stem, string test) =>
        Check(text, $"{stem}.{test}.verified.txt", received: $"{stem}.{test}.received.txt");

    /// <summary>
    /// Compares with a file that is part of the project itself, such as a generated page; the received text is written beside it.
    /// </summary>
    /// <exception cref="SnapshotException">The text differs, or there is no verified file yet.</exception>
    public static void VerifyFile(string text, string path) => Check(text, path, received: $"{path}.received.txt");

    static void Check(string text, string verified, string received)
    {
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable(AcceptVariable) is "1" && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new SnapshotException(Describe(expected, actual, verified));
    }

    static string Describe(string? expected, string actual, string verified)
    {
        var name = Path.GetFileName(verified);
        var difference = expected is null
            ? $"{name} does not exist yet. Received:\n\n{actual}"
            : $"{name} differs:\n\n{string.Join('\n', UnifiedDiff.Of(expected, actual))}\n";
        return $"{difference}\nRead it; when it is right, accept it: {AcceptVariable}=1 dotnet test";
    }
}

/// <summary>The received text differs from the verified one.</summary>
public sealed class SnapshotException(string message) : Exception(message);
