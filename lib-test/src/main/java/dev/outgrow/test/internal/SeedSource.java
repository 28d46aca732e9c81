package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.fingerprint.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What fills a database.
 *
 * <p><em>Immutable.</em>
 *
 * @param beside the class whose resources the scripts are
 * @param scripts resources
 * @param code classes of consumers
 * @since 0.1
 */
public record SeedSource(
    Class<?> beside, List<String> scripts, List<Class<? extends Consumer<Database>>> code) {

  /**
   * Fills it.
   *
   * @throws dev.outgrow.error.OutgrowException if a script is refused; what code throws otherwise
   */
  public void fill(Database database) {
    for (String script : scripts) {
      database.inTransaction(tx -> run(script, tx.connection().createStatement(), database));
    }
    for (Class<? extends Consumer<Database>> type : code) {
      Instances.<Consumer<Database>>of(type, "@Seed").accept(database);
    }
  }

  private void run(String script, Statement statement, Database database) {
    String sql = new String(Resources.read(beside, script), StandardCharsets.UTF_8);
    try (statement) {
      statement.setEscapeProcessing(false);
      if (database.backend() == Backend.POSTGRESQL) {
        statement.execute(sql);
      } else {
        // The one method of SQLite's driver that goes on behind the first statement.
        statement.executeUpdate(sql);
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Running the seed " + script);
    }
  }

  /** Adds all that decides what it does, as far as it can be read. */
  Fingerprint addTo(Fingerprint before) {
    Fingerprint print = before;
    for (String script : scripts) {
      print = print.with("seed", Resources.read(beside, script));
    }
    for (Class<?> type : code) {
      print = addCode(print, type);
    }
    return print;
  }

  private static Fingerprint addCode(Fingerprint before, Class<?> type) {
    Fingerprint print = before.with("seed " + type.getName(), classFile(type));
    List<Class<?>> nested =
        Arrays.stream(type.getDeclaredClasses())
            .sorted(Comparator.comparing(Class::getName))
            .toList();
    for (Class<?> inner : nested) {
      print = addCode(print, inner);
    }
    return print;
  }

  private static byte[] classFile(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in != null) {
        return in.readAllBytes();
      }
    } catch (IOException unreadable) {
      throw refused(type, unreadable);
    }
    throw refused(type, null);
  }

  private static ConfigurationException refused(Class<?> type, @Nullable Throwable cause) {
    return new ConfigurationException(
        "@Seed",
        type.getName(),
        "a class whose class file can be read, to tell its changes",
        cause);
  }
}
