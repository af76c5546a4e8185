using ConfigEngine.Testing;

namespace ConfigEngine.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void The_reference_is_what_the_code_says() =>
        Snapshot.VerifyFile(Reference.Render(Repository.At("tests/ConfigEngine.Tests/Resources")), Repository.At("recipes/REFERENCE.md"));
}
