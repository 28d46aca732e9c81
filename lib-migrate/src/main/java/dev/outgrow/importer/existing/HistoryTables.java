package dev.outgrow.importer.existing;

import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * The tables in which migration tools write down what they did. They tell the history of the file,
 * and the target's own tell its: carried over, they would make a tool skip what it has to do, or do
 * it twice.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class HistoryTables {

  /**
   * A table of a tool.
   *
   * @param table its name, or {@link #ANY}; capitals do not matter
   * @param columns columns it must have to be taken for one, where its name alone says too little
   * @param tool the tool
   */
  public record Row(String table, List<String> columns, String tool) {}

  /** The name of a table that is known by its columns alone. */
  public static final String ANY = "*";

  /** All that are known. */
  public static final List<Row> ROWS =
      List.of(
          row("flyway_schema_history", "Flyway"),
          row(
              ANY,
              "Flyway, or this library's chains",
              "installed_rank",
              "version",
              "description",
              "type",
              "script",
              "checksum",
              "installed_by",
              "installed_on",
              "execution_time",
              "success"),
          row("schema_version", "Flyway before version 5, or the application's own"),
          row("databasechangelog", "Liquibase"),
          row("databasechangeloglock", "Liquibase"),
          row("alembic_version", "Alembic"),
          row("__EFMigrationsHistory", "Entity Framework Core"),
          row("__EFMigrationsLock", "Entity Framework Core"),
          row("__MigrationHistory", "Entity Framework 6"),
          row("VersionInfo", "FluentMigrator", "Version"),
          row("SchemaVersions", "DbUp", "ScriptName", "Applied"),
          row("__diesel_schema_migrations", "Diesel"),
          row("_sqlx_migrations", "SQLx"),
          row("refinery_schema_history", "Refinery"),
          row("seaql_migrations", "SeaORM"),
          row("schema_migrations", "Rails, golang-migrate, dbmate or Ecto", "version"),
          row("ar_internal_metadata", "Rails"),
          row("django_migrations", "Django"),
          row("south_migrationhistory", "South"),
          row("goose_db_version", "goose"),
          row("gorp_migrations", "sql-migrate"),
          row("knex_migrations", "Knex"),
          row("knex_migrations_lock", "Knex"),
          row("SequelizeMeta", "Sequelize"),
          row("_prisma_migrations", "Prisma"),
          row("__drizzle_migrations", "Drizzle"),
          row("mikro_orm_migrations", "MikroORM"),
          row("kysely_migration", "Kysely"),
          row("kysely_migration_lock", "Kysely"),
          row("typeorm_metadata", "TypeORM"),
          row("phinxlog", "Phinx"),
          row("doctrine_migration_versions", "Doctrine"),
          row("migration_versions", "Doctrine", "version", "executed_at"),
          row("migrations", "TypeORM", "timestamp", "name"),
          row("migrations", "Laravel", "migration", "batch"),
          row("migrations", "CodeIgniter", "version", "class", "batch"),
          row("migration", "Yii", "version", "apply_time"),
          row("_yoyo_migration", "yoyo"),
          row("_yoyo_version", "yoyo"),
          row("_yoyo_log", "yoyo"),
          row("yoyo_lock", "yoyo"),
          row("peewee_migratehistory", "Peewee"),
          row("migratehistory", "Peewee", "name", "migrated_at"),
          row("aerich", "Aerich", "version", "app", "content"),
          row("play_evolutions", "Play"),
          row("room_master_table", "Room"),
          row("grdb_migrations", "GRDB"),
          row("schema_migrations", "Sequel", "filename"),
          row("schema_info", "Sequel", "version"),
          row("migrate_version", "SQLAlchemy-migrate", "repository_id"),
          row("bun_migrations", "Bun"),
          row("bun_migration_locks", "Bun"),
          row("atlas_schema_revisions", "Atlas"),
          row("d1_migrations", "Cloudflare D1"),
          row("_migrations", "PocketBase", "file", "applied"),
          row("migrations", "db-migrate", "name", "run_on"),
          row("migration_log", "Grafana", "migration_id", "success"));

  private HistoryTables() {}

  /** Returns the tool whose history a table is, if it is one. */
  public static Optional<String> toolOf(Table table) {
    String name = Identifier.folded(table.name());
    List<String> columns = table.columns().stream().map(c -> Identifier.folded(c.name())).toList();
    return ROWS.stream()
        .filter(r -> r.table().equals(ANY) || Identifier.folded(r.table()).equals(name))
        .filter(r -> columns.containsAll(r.columns().stream().map(Identifier::folded).toList()))
        .map(Row::tool)
        .findFirst();
  }

  private static Row row(String table, String tool, String... columns) {
    return new Row(table, List.of(columns), tool);
  }
}
