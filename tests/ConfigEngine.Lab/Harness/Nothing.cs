namespace ConfigEngine.Lab;

/// <summary>That a text is empty. Where it is not, the test fails with all of it: xunit would show its first letters.</summary>
static class Nothing
{
    /// <summary>Fails where there is a text.</summary>
    public static void In(string text)
    {
        if (text is not "")
            Assert.Fail($"this should be empty:\n{text}");
    }
}
