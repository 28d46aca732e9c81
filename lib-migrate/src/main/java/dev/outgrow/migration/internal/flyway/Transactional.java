package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.ScriptFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.database.sqlite.SQLiteParser;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.jspecify.annotations.Nullable;

/**
 * Says of a script whether Flyway would run it in a transaction, by Flyway's own reading of it. No
 * database is asked.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Transactional {
  private static final String SETTING = "executeInTransaction";

  // Whether a script would swallow what stands behind it: SQLite takes a comment without an end.
  private static final String PROBE = "SELECT 1";
  private static final String BEHIND = "\n;\n" + PROBE + ";\n";

  private Transactional() {}

  /**
   * Returns whether a script runs in a transaction: as its settings say, else unless a statement of
   * it cannot.
   *
   * @throws ConfigurationException if some of its statements can and some cannot, which Flyway
   *     refuses, or it cannot be read
   */
  public static boolean of(Backend backend, ScriptFile script) {
    List<Boolean> statements = statements(backend, script);
    String asked = setting(script);
    if (asked != null) {
      return Boolean.parseBoolean(asked.strip());
    }
    if (statements.contains(true) && statements.contains(false)) {
      throw new ConfigurationException(
          "script",
          script.place(),
          "statements that all run in a transaction or all do not; put the others into a script of"
              + " their own");
    }
    return !statements.contains(false);
  }

  /** Returns of each statement whether it can run in a transaction. */
  private static List<Boolean> statements(Backend backend, ScriptFile script) {
    List<Boolean> inside = new ArrayList<>();
    String last = "";
    try (SqlStatementIterator statements =
        parser(backend).parse(new ScriptResource(script.file(), script.text() + BEHIND))) {
      while (statements.hasNext()) {
        SqlStatement statement = statements.next();
        inside.add(statement.canExecuteInTransaction());
        last = statement.getSql();
      }
    } catch (FlywayException failure) {
      throw new ConfigurationException(
          "script", script.place(), "SQL that can be cut into statements", failure);
    }
    if (!last.strip().equals(PROBE)) {
      throw new ConfigurationException(
          "script", script.place(), "one in which every comment and quote is closed");
    }
    return inside.subList(0, inside.size() - 1);
  }

  private static @Nullable String setting(ScriptFile script) {
    String settings = script.settings();
    if (settings == null) {
      return null;
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(settings));
    } catch (IOException | IllegalArgumentException failure) {
      throw new ConfigurationException(
          "settings", script.place() + ".conf", "lines of the form name=value", failure);
    }
    return properties.getProperty(SETTING);
  }

  private static Parser parser(Backend backend) {
    Configuration configuration =
        new FluentConfiguration(Transactional.class.getClassLoader())
            .loggers()
            .placeholderReplacement(false);
    return backend == Backend.POSTGRESQL
        ? new WithoutDatabase(configuration)
        : new SQLiteParser(configuration, new ParsingContext());
  }

  /** Flyway asks the server's version for one statement that all versions since 12 let be. */
  private static final class WithoutDatabase extends PostgreSQLParser {
    private static final Pattern NEW_WORD = Pattern.compile("ALTER TYPE( .*)? ADD VALUE.*");

    WithoutDatabase(Configuration configuration) {
      super(configuration, new ParsingContext());
    }

    @Override
    protected @Nullable Boolean detectCanExecuteInTransaction(
        String statement, List<Token> keywords) {
      return NEW_WORD.matcher(statement).matches()
          ? Boolean.TRUE
          : super.detectCanExecuteInTransaction(statement, keywords);
    }
  }
}
