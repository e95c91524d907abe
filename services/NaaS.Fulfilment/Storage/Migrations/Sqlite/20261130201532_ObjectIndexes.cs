using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NaaS.Fulfilment.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ObjectIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_objects_Cluster_ApiGroup_Kind_Namespace_Name_Owner",
                table: "objects");

            migrationBuilder.DropIndex(
                name: "IX_objects_Cluster_Watched",
                table: "objects");

            migrationBuilder.CreateIndex(
                name: "IX_services_LeaseUntil",
                table: "services",
                column: "LeaseUntil");

            migrationBuilder.CreateIndex(
                name: "IX_objects_Cluster_ApiGroup_Kind_Namespace_ServiceId",
                table: "objects",
                columns: new[] { "Cluster", "ApiGroup", "Kind", "Namespace", "ServiceId" },
                filter: "\"Watched\"");

            migrationBuilder.CreateIndex(
                name: "IX_objects_Cluster_Name_ApiGroup_Kind_Namespace_Owner",
                table: "objects",
                columns: new[] { "Cluster", "Name", "ApiGroup", "Kind", "Namespace", "Owner" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_services_LeaseUntil",
                table: "services");

            migrationBuilder.DropIndex(
                name: "IX_objects_Cluster_ApiGroup_Kind_Namespace_ServiceId",
                table: "objects");

            migrationBuilder.DropIndex(
                name: "IX_objects_Cluster_Name_ApiGroup_Kind_Namespace_Owner",
                table: "objects");

            migrationBuilder.CreateIndex(
                name: "IX_objects_Cluster_ApiGroup_Kind_Namespace_Name_Owner",
                table: "objects",
                columns: new[] { "Cluster", "ApiGroup", "Kind", "Namespace", "Name", "Owner" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_objects_Cluster_Watched",
                table: "objects",
                columns: new[] { "Cluster", "Watched" });
        }
    }
}
