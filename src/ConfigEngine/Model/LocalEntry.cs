namespace ConfigEngine.Model;

/// <summary>A file or directory below a local directory.</summary>
/// <param name="Path">Relative to the directory, with <c>/</c>.</param>
/// <param name="Content">A file's content; null for a directory.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
public sealed record LocalEntry(string Path, Content? Content, bool Executable);
