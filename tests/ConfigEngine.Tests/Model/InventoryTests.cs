namespace ConfigEngine.Tests;

public sealed class InventoryTests
{
    static Inventory Sample()
    {
        Inventory inventory = new();
        inventory.Add(
            new Group("web", [new Host("web1"), new Host("web2") { Vars = { ["port"] = 9090 } }])
            {
                Vars = { ["port"] = 8080, ["tier"] = "front" },
            }
        );
        inventory.Add(new Group("db", [new Host("db1")]));
        inventory.Add(new Group("prod", ["web", "db"]) { Vars = { ["tier"] = "any" } });
        inventory.Add(new Host("lone"));
        return inventory;
    }

    [Theory]
    [InlineData("all", "web1 web2 db1 lone")]
    [InlineData("web", "web1 web2")]
    [InlineData("web1,lone", "web1 lone")]
    [InlineData("lone, web1", "web1 lone")]
    [InlineData("web*", "web1 web2")]
    [InlineData("web?,!web2", "web1")]
    [InlineData("!web", "db1 lone")]
    [InlineData("prod,!db", "web1 web2")]
    [InlineData("*", "web1 web2 db1 lone")]
    public void A_selector_means_hosts_in_the_order_of_the_inventory(string selector, string hosts) =>
        Assert.Equal(hosts, string.Join(' ', Sample().Select(selector).Select(host => host.Name)));

    [Theory]
    [InlineData("wbe1", "there is no host or group \"wbe1\"")]
    [InlineData("x*", "there is no host or group \"x*\"")]
    [InlineData(" , ", "an empty selector")]
    public void A_selector_that_means_nothing_is_an_error(string selector, string problem) =>
        Assert.Contains(problem, Assert.Throws<RecipeException>(() => Sample().Select(selector)).Message, StringComparison.Ordinal);

    [Fact]
    public void Variables_of_the_host_win_over_those_of_its_groups_and_an_inner_group_over_an_outer_one()
    {
        var inventory = Sample();

        Assert.Equal(8080, inventory.VarsOf(inventory.Select("web1")[0])["port"]);
        Assert.Equal(9090, inventory.VarsOf(inventory.Select("web2")[0])["port"]);
        Assert.Equal("front", inventory.VarsOf(inventory.Select("web1")[0])["tier"]);
        Assert.Equal("any", inventory.VarsOf(inventory.Select("db1")[0])["tier"]);
    }

    [Fact]
    public void A_group_that_contains_itself_is_an_error_that_shows_the_circle()
    {
        Inventory inventory = new();
        inventory.Add(new Group("a", ["b"]));
        inventory.Add(new Group("b", ["a"]));

        Assert.Contains("a → b → a", Assert.Throws<RecipeException>(() => inventory.Select("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_in_a_group_with_the_name_of_another_one_is_an_error()
    {
        Inventory inventory = new();
        inventory.Add(new Group("web", [new Host("web1")]));

        var error = Assert.Throws<RecipeException>(() => inventory.Add(new Group("prod", [new Group("web", [new Host("web2")])])));
        Assert.Contains("the group \"web\" in the group \"prod\" has other members", error.Message, StringComparison.Ordinal);
        Assert.Throws<RecipeException>(() => inventory.Add(new Group("prod", [new Group("web", [new Host("web1") { Port = 23 }])])));
        Assert.Throws<RecipeException>(() =>
            inventory.Add(new Group("prod", [new Group("web", [new Host("web1")]) { Vars = { ["a"] = 1 } }]))
        );
    }

    [Fact]
    public void A_group_in_several_groups_is_one()
    {
        static Group Web() => new("web", [new Host("web1"), new Group("inner", ["web1"])]) { Vars = { ["a"] = 1 } };
        Inventory inventory = new();
        inventory.Add(new Group("prod", [Web()]));
        inventory.Add(new Group("eu", [Web()]));

        Assert.Equal(["eu", "inner", "prod", "web"], inventory.GroupsOf(inventory.Select("web1")[0]));
    }

    [Fact]
    public void What_each_host_is_in_is_looked_up_once_for_all()
    {
        Allocated(hosts: 10);
        var (few, many) = (Allocated(hosts: 1_000), Allocated(hosts: 10_000));
        Assert.True(many < 20 * few, $"1,000 hosts take {few:n0} bytes, 10,000 take {many:n0}");

        static long Allocated(int hosts)
        {
            Inventory inventory = new();
            foreach (var rack in Enumerable.Range(0, hosts).Chunk(40))
                inventory.Add(new Group($"rack{rack[0]}", [.. rack.Select(number => new Host($"host{number}"))]));
            inventory.Add(new Group("every", ["host*"]) { Vars = { ["a"] = 1 } });

            // What is allocated is counted, because a clock says nothing on a machine that is busy.
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var host in inventory.Hosts)
            {
                Assert.Equal(1, inventory.VarsOf(host)["a"]);
                Assert.Contains("every", inventory.GroupsOf(host));
                Assert.Single(inventory.Select(host.Name));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData("-oProxyCommand=evil")]
    [InlineData("a b")]
    [InlineData("!a")]
    [InlineData("a*")]
    [InlineData("")]
    public void A_name_that_could_be_taken_for_an_option_or_a_selector_is_refused(string name) =>
        Assert.Throws<RecipeException>(() => new Inventory().Add(new Host(name)));

    [Fact]
    public void The_same_host_twice_is_one_host_and_two_different_ones_of_a_name_are_an_error()
    {
        var inventory = Sample();
        inventory.Add(new Host("lone"));

        Assert.Throws<RecipeException>(() => inventory.Add(new Host("lone") { User = "other" }));
        Assert.Throws<RecipeException>(() => inventory.Add(new Host("web")));
        Assert.Throws<RecipeException>(() => inventory.Add(new Group("all", [])));
    }
}
