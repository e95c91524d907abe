using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NaaS.Fulfilment.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Withdrawals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Withdraws",
                table: "services",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsWithdrawal",
                table: "revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Withdraws",
                table: "services");

            migrationBuilder.DropColumn(
                name: "IsWithdrawal",
                table: "revisions");
        }
    }
}
