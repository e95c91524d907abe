using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NaaS.Fulfilment.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PreviewsAndWatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Avoided",
                table: "services",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Degraded",
                table: "services",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UnreadySince",
                table: "services",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Watched",
                table: "objects",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateTable(
                name: "previews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<string>(type: "text", nullable: false),
                    Request = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedUntil = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_previews", x => new { x.Id, x.ItemId });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "previews");

            migrationBuilder.DropColumn(
                name: "Avoided",
                table: "services");

            migrationBuilder.DropColumn(
                name: "Degraded",
                table: "services");

            migrationBuilder.DropColumn(
                name: "UnreadySince",
                table: "services");

            migrationBuilder.DropColumn(
                name: "Watched",
                table: "objects");
        }
    }
}
