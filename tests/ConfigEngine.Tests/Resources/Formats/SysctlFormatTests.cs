using ConfigEngine.Resources;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is written into sysctl.d, read back by sysctl(8), and values as the kernel spells them.</summary>
public sealed class SysctlFormatTests
{
    [ToolFact("sysctl")]
    public void A_value_is_read_back_as_it_was()
    {
        var values = Tool.Some(Tool.Odd, 300)
            .Select(odd => new Sysctl("kernel.core_pattern") { Value = odd })
            .Where(value => !value.Problems.Any())
            .ToList();
        Assert.True(values.Count > 100, $"only {values.Count} of 300 are taken at all");

        var read = Tool.Reads(string.Concat(values.Select(File)), "sysctl", "--dry-run", "-p", "{}");

        Assert.Equal(values.Select(value => $"kernel.core_pattern = {SysctlValue.Normal(value.Value)}"), read.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("0x10", "16")]
    [InlineData("020", "16")]
    [InlineData("-1", "-1")]
    [InlineData("4096  131072\t6291456", "4096\t131072\t6291456")]
    [InlineData("4", "4\t4\t1\t7")]
    [InlineData("0X1f 0", "31 0")]
    public void A_value_that_the_kernel_spells_otherwise_is_no_change(string wanted, string live)
    {
        Sysctl sysctl = new("vm.x") { Value = wanted };
        Assert.Null(
            sysctl.Compare(
                sysctl.Read(Output.Of($"live {live}\nfile /etc/sysctl.d/a.conf\nreal /etc/sysctl.d/a.conf\n vm.x = {wanted}\n"))
            )
        );
    }

    [Theory]
    [InlineData("0x10", "010", "16")]
    [InlineData("0x10", "17", "16")]
    [InlineData("5", "4 4 1 7", "5 4 1 7")]
    [InlineData("0x10", "core", "0x10")]
    [InlineData("010", "core", "010")]
    [InlineData("1 2", "1", "1 2")]
    public void One_that_means_something_else_is(string wanted, string live, string after)
    {
        Sysctl sysctl = new("vm.x") { Value = wanted };
        var draft = sysctl.Compare(sysctl.Read(Output.Of($"live {live}\n")));
        Assert.Equal(after, draft?.Attributes.Single(attribute => attribute.Name is "live").After);
    }

    static string File(Sysctl sysctl) => sysctl.Compare(sysctl.Read(Output.Of("live 1\n")))?.Operations[^1].Input?.Text ?? "";
}
