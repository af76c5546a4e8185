using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.Testing;

/// <summary>
/// Text that is reviewed once and compared from then on. The files follow Verify's conventions, <c>Class.Method.verified.txt</c>
/// and <c>Class.Method.received.txt</c> beside the test, so that its diff tools and editors' support work on them.
/// </summary>
public static class Snapshot
{
    /// <summary>Set to 1, it accepts what is received; never where <c>CI</c> is set.</summary>
    public const string AcceptVariable = "CFG_ACCEPT";

    /// <summary>Compares with the verified file.</summary>
    /// <exception cref="SnapshotException">It differs, or there is none yet.</exception>
    public static void Verify(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Compare(text, Path.ChangeExtension(file, null), test);

    /// <summary>Compares with the verified file of a test class and a test.</summary>
    /// <param name="text">What is received.</param>
    /// <param name="stem">The path of the test class's file, without its extension.</param>
    /// <param name="test">The test's name.</param>
    public static void Compare(string text, string stem, string test) =>
        Check(text, $"{stem}.{test}.verified.txt", received: $"{stem}.{test}.received.txt");

    /// <summary>Compares with a file that is part of the project itself, such as a generated page; what is received lies beside it.</summary>
    /// <exception cref="SnapshotException">It differs, or there is none yet.</exception>
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
        StringBuilder text = new(expected is null ? $"{Path.GetFileName(verified)} does not exist yet. Received:\n\n{actual}" : $"{Path.GetFileName(verified)} differs:\n\n");
        if (expected is not null)
        {
            var (before, after) = (expected.Split('\n'), actual.Split('\n'));
            for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
            {
                var (old, now) = (i < before.Length ? before[i] : null, i < after.Length ? after[i] : null);
                if (old == now)
                    continue;
                text.Append(old is null ? "" : $"{i + 1,5} - {old}\n").Append(now is null ? "" : $"{i + 1,5} + {now}\n");
            }
        }

        return text.Append($"\nRead it; when it is right, accept it: {AcceptVariable}=1 dotnet test").ToString();
    }
}

/// <summary>Received text is not the verified one.</summary>
public sealed class SnapshotException(string message) : Exception(message);
