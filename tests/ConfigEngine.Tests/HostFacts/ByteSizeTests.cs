namespace ConfigEngine.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0B", "0 B")]
    [InlineData(1, "1B", "1 B")]
    [InlineData(1024, "1kB", "1 KiB")]
    [InlineData(1536, "1536B", "1.5 KiB")]
    [InlineData(1L << 20, "1MB", "1 MiB")]
    [InlineData((1L << 20) + 1024, "1025kB", "1 MiB")]
    [InlineData((3L << 20) / 2, "1536kB", "1.5 MiB")]
    [InlineData(1L << 30, "1GB", "1 GiB")]
    [InlineData(4L << 40, "4096GB", "4 TiB")]
    [InlineData((200L << 20) + 1, "200MB", "200 MiB")]
    [InlineData(24684092L * 1024, "24105MB", "23.5 GiB")]
    [InlineData(-(1L << 30), "-1GB", "-1 GiB")]
    [InlineData((1L << 30) - 1, "1023MB", "1 GiB")]
    public void Is_written_as_PostgreSQL_reads_it_and_as_people_do(long bytes, string postgres, string human)
    {
        ByteSize size = new(bytes);
        Assert.Equal(postgres, size.ToString());
        Assert.Equal(postgres, $"{size}");
        Assert.Equal(human, $"{size:h}");
        Assert.Equal(human, size.Human);
    }

    [Fact]
    public void A_quarter_of_the_memory_goes_into_a_setting() =>
        Assert.Equal("shared_buffers = 6026MB\n", $"shared_buffers = {ByteSize.FromKilobytes(24684092) / 4}\n");

    [Fact]
    public void What_is_said_is_never_more_than_there_is_and_at_most_a_hundredth_less()
    {
        Random random = new(3);
        for (var i = 0; i < 10000; i++)
        {
            ByteSize size = new(random.NextInt64(1L << random.Next(1, 62)));
            var said = size.ToString();
            var unit = said.TrimStart("0123456789").ToString() switch
            {
                "B" => 1L,
                "kB" => 1L << 10,
                "MB" => 1L << 20,
                _ => 1L << 30,
            };
            var back = long.Parse(said.TrimEnd("BkMG")) * unit;
            Assert.InRange(back, (long)(size.Bytes * 0.99m), size.Bytes);
        }
    }

    [Fact]
    public void Counts_and_compares()
    {
        var (one, two) = (ByteSize.FromGigabytes(1), ByteSize.FromGigabytes(2));
        Assert.Equal(two, one * 2);
        Assert.Equal(two, one + one);
        Assert.Equal(one, two - one);
        Assert.Equal(one, two * 0.5);
        Assert.Equal(2.0, two / one);
        Assert.Equal((1024, 1024 * 1024, 1), (one.Megabytes, one.Kilobytes, one.Gigabytes));
        Assert.True(one < two && two > one && one <= two && two >= one);
        Assert.Equal(one, new[] { two, one }.Min());
        Assert.Equal("2048MB 2097152kB 2GB", $"{two:MB} {two:kB} {two:GB}");
        Assert.Throws<FormatException>(() => $"{two:x}");
    }
}
