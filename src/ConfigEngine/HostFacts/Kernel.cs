namespace ConfigEngine.HostFacts;

/// <summary>The kernel that runs now; of a container, its host's.</summary>
/// <param name="Release">As <c>uname -r</c> says it: <c>6.1.0-18-amd64</c>.</param>
/// <param name="Version">Its build, as <c>uname -v</c> says it: <c>#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)</c>.</param>
public sealed record Kernel(string Release, string Version);
