package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The SQL of migrations that would run, with the rows of their history, to be read, handed on and
 * applied by {@code psql}, {@code sqlite3} or JDBC. Nothing of it has been executed. It holds no
 * credential, unless one of the scripts does.
 *
 * <p>Applied to a database as it was made for, it leaves what {@link Migrations#migrate} leaves;
 * each migration is a transaction of its own that begins with a look whether the history is still
 * where it was, and changes nothing where it is not. Scripts that cannot run in a transaction stand
 * outside of one, as when they are migrated.
 *
 * <p><em>Immutable.</em>
 *
 * @param backend whose SQL it is
 * @param steps what would run, in order: {@code core: V1__users.sql}; none if nothing is left to
 * @param text the SQL, with a header that says what it is
 * @since 0.1
 */
public record MigrationScript(Backend backend, List<String> steps, String text) {
  /** Copies the list. */
  public MigrationScript {
    steps = List.copyOf(steps);
  }

  /** Returns whether nothing is left to run. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Appends the SQL. */
  public void appendTo(Appendable out) throws IOException {
    out.append(text);
  }

  /**
   * Writes the SQL to a new file in UTF-8.
   *
   * @return the file
   * @throws ConfigurationException if it is there already, or cannot be written
   */
  public Path writeTo(Path file) {
    try {
      return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException failure) {
      throw new ConfigurationException(
          "file", file.toString(), "a file that is not there yet and can be written", failure);
    }
  }
}
