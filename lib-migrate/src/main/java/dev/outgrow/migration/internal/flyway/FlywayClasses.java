package dev.outgrow.migration.internal.flyway;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * What Flyway has to load before it runs the first script on PostgreSQL, which takes as long as the
 * scripts. It needs no database. What is named here and is not there, as in another version, is
 * loaded when it is needed.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class FlywayClasses {
  private static final String CORE = "org.flywaydb.core.internal.";
  private static final String POSTGRESQL = "org.flywaydb.database.postgresql.PostgreSQL";
  private static final List<String> NAMES =
      List.of(
          CORE + "command.DbBaseline",
          CORE + "command.DbMigrate",
          CORE + "command.DbSchemas",
          CORE + "command.DbValidate",
          CORE + "callback.DefaultCallbackExecutor",
          CORE + "callback.SqlScriptCallbackFactory",
          CORE + "info.MigrationInfoServiceImpl",
          CORE + "jdbc.ExecutionTemplateFactory",
          CORE + "jdbc.JdbcConnectionFactory",
          CORE + "jdbc.JdbcTemplate",
          CORE + "jdbc.TransactionalExecutionTemplate",
          CORE + "parser.Parser",
          CORE + "parser.ParserContext",
          CORE + "parser.PeekingReader",
          CORE + "parser.PlaceholderReplacingReader",
          CORE + "parser.PositionTrackingReader",
          CORE + "parser.RecordingReader",
          CORE + "parser.UnboundedReadAheadReader",
          CORE + "resolver.ChecksumCalculator",
          CORE + "resolver.CompositeMigrationResolver",
          CORE + "resolver.java.FixedJavaMigrationResolver",
          CORE + "resolver.sql.SqlMigrationExecutor",
          CORE + "resolver.sql.SqlMigrationResolver",
          CORE + "schemahistory.JdbcTableSchemaHistory",
          CORE + "schemahistory.SchemaHistoryFactory",
          CORE + "sqlscript.DefaultSqlScriptExecutor",
          CORE + "sqlscript.ParsedSqlStatement",
          CORE + "sqlscript.ParserSqlScript",
          CORE + "sqlscript.SqlScriptExecutorFactory",
          CORE + "sqlscript.SqlScriptMetadata",
          POSTGRESQL + "AdvisoryLockTemplate",
          POSTGRESQL + "Connection",
          POSTGRESQL + "Database",
          POSTGRESQL + "DatabaseType",
          POSTGRESQL + "Parser",
          POSTGRESQL + "Schema",
          POSTGRESQL + "Table");

  private FlywayClasses() {}

  /** Loads all of it, and returns what is not there. */
  public static List<String> load() {
    ClassLoader loader = FlywayClasses.class.getClassLoader();
    List<String> missing = new ArrayList<>();
    // Its extensions are found and made with it.
    new FluentConfiguration(loader).loggers().load();
    for (String name : NAMES) {
      try {
        // To be asked for its constructors it is linked; it is initialized when it is used.
        int ignored = Class.forName(name, false, loader).getDeclaredConstructors().length;
      } catch (ClassNotFoundException | LinkageError notInThisVersion) {
        missing.add(name);
      }
    }
    return missing;
  }
}
