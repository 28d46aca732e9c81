package dev.outgrow.test.internal;

import dev.outgrow.database.SqlFailures;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Closes several things, all of them, and then throws the first failure with the others in it. */
final class Closing {
  private @Nullable RuntimeException first;

  void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (SQLException failure) {
      add(SqlFailures.translate(failure, "Closing a connection"));
    } catch (RuntimeException failure) {
      add(failure);
    } catch (Exception failure) {
      add(new IllegalStateException("Closing " + thing.getClass().getName(), failure));
    }
  }

  private void add(RuntimeException failure) {
    if (first == null) {
      first = failure;
    } else {
      first.addSuppressed(failure);
    }
  }

  void end() {
    if (first != null) {
      throw first;
    }
  }
}
