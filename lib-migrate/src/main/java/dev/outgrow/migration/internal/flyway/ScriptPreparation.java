package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Database;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.MigrationException.Place;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptFactory;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/**
 * Cuts undo scripts into statements with Flyway's own parser, so that they may hold whatever a
 * migration may: bodies of triggers and functions, {@code COPY … FROM stdin}. Nothing runs here.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScriptPreparation {
  /** What begins with these would end the transaction that the whole undo is. */
  private static final Set<String> ENDING =
      Set.of("begin", "start", "commit", "end", "rollback", "abort", "prepare");

  private final Database database;
  private final FlywayChain chain;

  /**
   * Describes what is to be read.
   *
   * @param chain a chain whose scripts are the undo scripts
   */
  public ScriptPreparation(Database database, FlywayChain chain) {
    this.database = database;
    this.chain = chain;
  }

  /**
   * Reads all of them, by file name.
   *
   * @throws MigrationException if one cannot be cut into statements, or has one that would end the
   *     transaction
   */
  public Map<String, PreparedScript> prepare() {
    Map<String, PreparedScript> prepared = new LinkedHashMap<>();
    if (chain.scripts().isEmpty()) {
      return prepared;
    }
    Configuration configuration = new FlywayRunner(database, chain).configuration();
    try (JdbcConnectionFactory connections =
        new JdbcConnectionFactory(configuration.getDataSource(), configuration, null)) {
      DatabaseType type = connections.getDatabaseType();
      try (var described = type.createDatabase(configuration, connections, null)) {
        ParsingContext context = new ParsingContext();
        context.populate(described, configuration);
        SqlScriptFactory scripts = type.createSqlScriptFactory(configuration, context);
        for (ScriptFile file : chain.scripts()) {
          prepared.put(file.file(), prepare(file, scripts, type, configuration));
        }
      }
      return prepared;
    } catch (FlywayException failure) {
      throw new FlywayFailures(database, chain).translate(failure);
    }
  }

  private PreparedScript prepare(
      ScriptFile file, SqlScriptFactory scripts, DatabaseType type, Configuration configuration) {
    Place place = new Place(chain.name(), file.file(), 0);
    ScriptProvider provider = new ScriptProvider(chain.scripts());
    try {
      SqlScript script =
          scripts.createSqlScript(
              Objects.requireNonNull(provider.getResource(file.file())), false, provider);
      script.validate();
      List<SqlStatement> statements = new ArrayList<>();
      try (SqlStatementIterator each = script.getSqlStatements()) {
        each.forEachRemaining(statements::add);
      }
      statements.forEach(statement -> refuseEnding(statement, place));
      return new PreparedScript(
          place, script, statements, type, configuration, new FlywayFailures(database, chain));
    } catch (FlywayException failure) {
      throw new FlywayFailures(database, chain).unreadable(failure, place);
    }
  }

  private static void refuseEnding(SqlStatement statement, Place place) {
    List<Token> tokens = Tokenizer.tokens(statement.getSql());
    if (tokens.isEmpty() || ENDING.stream().noneMatch(tokens.get(0)::is) || isQuery(tokens)) {
      return;
    }
    Place at = new Place(place.chain(), place.script(), statement.getLineNumber());
    throw new MigrationException(
        at,
        "Undo script " + at + " would end the transaction: " + tokens.get(0).text() + ".",
        "Take the statement out: an undo is one transaction from its first script to its last."
            + " Nothing was changed.",
        null,
        statement.getSql(),
        null);
  }

  /** {@code PREPARE TRANSACTION} ends a transaction, {@code PREPARE name AS} does not. */
  private static boolean isQuery(List<Token> tokens) {
    return tokens.get(0).is("prepare") && !(tokens.size() > 1 && tokens.get(1).is("transaction"));
  }
}
