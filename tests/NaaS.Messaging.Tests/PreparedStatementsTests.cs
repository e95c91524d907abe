using NaaS.Messaging.Storage;
using Npgsql;

namespace NaaS.Messaging.Tests;

public sealed class PreparedStatementsTests
{
    [Fact]
    public void Statements_are_prepared_where_the_connection_string_says_nothing_about_it()
    {
        var connection = new NpgsqlConnectionStringBuilder(PreparedStatements.In("Host=db;Password=a b;"));

        connection.MaxAutoPrepare.ShouldBeGreaterThan(0);
        connection.Password.ShouldBe("a b");
    }

    [Theory, InlineData("Host=db;Max Auto Prepare=0"), InlineData("Host=db;maxautoprepare=7")]
    public void What_it_says_holds(string given) => PreparedStatements.In(given).ShouldBe(given);
}
