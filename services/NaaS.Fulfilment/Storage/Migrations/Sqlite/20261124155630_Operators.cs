using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NaaS.Fulfilment.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Operators : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AbortReason",
                table: "services",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AbortedRevision",
                table: "services",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BadVersions",
                table: "services",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HeldReason",
                table: "services",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HeldSince",
                table: "services",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Inactive",
                table: "services",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "RollBackTo",
                table: "services",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VersionLook",
                table: "services",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "cluster_orders",
                columns: table => new
                {
                    Cluster = table.Column<string>(type: "TEXT", nullable: false),
                    Evacuated = table.Column<bool>(type: "INTEGER", nullable: false),
                    Done = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cluster_orders", x => x.Cluster);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cluster_orders");

            migrationBuilder.DropColumn(
                name: "AbortReason",
                table: "services");

            migrationBuilder.DropColumn(
                name: "AbortedRevision",
                table: "services");

            migrationBuilder.DropColumn(
                name: "BadVersions",
                table: "services");

            migrationBuilder.DropColumn(
                name: "HeldReason",
                table: "services");

            migrationBuilder.DropColumn(
                name: "HeldSince",
                table: "services");

            migrationBuilder.DropColumn(
                name: "Inactive",
                table: "services");

            migrationBuilder.DropColumn(
                name: "RollBackTo",
                table: "services");

            migrationBuilder.DropColumn(
                name: "VersionLook",
                table: "services");
        }
    }
}
