namespace ConfigEngine.HostFacts;

/// <summary>The running kernel; in a container, the kernel of its host.</summary>
/// <param name="Release">The output of <c>uname -r</c>: <c>6.1.0-18-amd64</c>.</param>
/// <param name="Version">Its build, the output of <c>uname -v</c>: <c>#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1
/// (2024-02-01)</c>.</param>
public sealed record Kernel(string Release, string Version);
