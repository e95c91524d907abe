using NaaS.Messaging.Storage;
using Npgsql;

namespace NaaS.Messaging.Tests;

public sealed class PostgresConnectionsTests
{
    [Fact]
    public void What_the_connection_string_leaves_open_is_set_for_speed()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresConnections.Complete("Host=db;Password=a b;"));

        connection.MaxAutoPrepare.ShouldBeGreaterThan(0);
        connection.NoResetOnClose.ShouldBeTrue();
        connection.Password.ShouldBe("a b");
    }

    [Theory, InlineData("Host=db;Max Auto Prepare=0;No Reset On Close=false"), InlineData("Host=db;maxautoprepare=7;NoResetOnClose=true")]
    public void What_it_says_holds(string given) => PostgresConnections.Complete(given).ShouldBe(given);
}
