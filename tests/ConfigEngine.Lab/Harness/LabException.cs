namespace ConfigEngine.Lab;

/// <summary>The lab itself failed, not what is tested in it.</summary>
public sealed class LabException(string message) : Exception(message);
