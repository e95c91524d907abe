namespace NaaS.Benchmarks.Tmf;

/// <summary>The SQL of the bare programs and of the preparation.</summary>
internal static class Statements
{
    /// <summary>How many orders the list finds, whatever is stored.</summary>
    public const int Found = 20;

    /// <summary>The query of the list.</summary>
    public const string Query = "category=wanted&state=pending";

    public const string Get = """SELECT "Id", "Version", "Document", "ChangedAt" FROM resources WHERE "Type" = 'serviceOrder' AND "Id" = $1""";

    public const string List = """
        SELECT r."Id", r."Version", r."Document", r."ChangedAt" FROM resources AS r WHERE r."Type" = 'serviceOrder' AND r."Search" @> '{"category":["wanted"]}' AND r."Search" @> '{"state":["pending"]}' ORDER BY r."Id" LIMIT 1000
        """;

    /// <summary>One row, as an order is stored.</summary>
    public const string Post = """
        INSERT INTO resources ("Type", "Id", "Version", "Document", "Search", "ChangedAt") SELECT "Type", $1, "Version", "Document", "Search", "ChangedAt" FROM bare_order
        """;

    /// <summary>Keeps an order for the bare program to insert again and again.</summary>
    public const string Template = """
        CREATE TABLE IF NOT EXISTS bare_order AS SELECT * FROM resources WHERE "Type" = 'serviceOrder' ORDER BY "Id" DESC LIMIT 1
        """;

    /// <summary>Ids of stored orders, some of all.</summary>
    public const string Ids = """SELECT "Id" FROM resources WHERE "Type" = 'serviceOrder' ORDER BY md5("Id") LIMIT 1000""";

    /// <summary>Copies all that the order $1 with the service $2 wrote, so that there are $3; twenty are in the category that the list asks for.</summary>
    public const string CopyOrders = """
        INSERT INTO resources ("Type", "Id", "Version", "Document", "Search", "ChangedAt")
        SELECT row."Type",
               CASE WHEN row."Id" = $1 THEN left($1, 24) || tail ELSE left($2, 24) || tail END,
               row."Version",
               replace(replace(replace(replace(row."Document"::text, $1, left($1, 24) || tail), $2, left($2, 24) || tail), '"first"', '"order ' || number || '"'), '"benchmark"', kind)::json,
               replace(replace(replace(replace(row."Search"::text, $1, left($1, 24) || tail), $2, left($2, 24) || tail), '"first"', '"order ' || number || '"'), '"benchmark"', kind)::jsonb,
               row."ChangedAt"
        FROM generate_series(2, $3) AS number,
             LATERAL (SELECT lpad(to_hex(number), 12, '0') AS tail, CASE WHEN number <= 21 THEN '"wanted"' ELSE '"benchmark"' END AS kind) AS made,
             resources AS row
        WHERE row."Id" IN ($1, $2)
        """;
}
