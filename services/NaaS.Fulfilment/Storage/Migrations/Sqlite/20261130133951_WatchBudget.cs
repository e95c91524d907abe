using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NaaS.Fulfilment.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WatchBudget : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_objects_Cluster_Watched",
                table: "objects",
                columns: new[] { "Cluster", "Watched" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_objects_Cluster_Watched",
                table: "objects");
        }
    }
}
