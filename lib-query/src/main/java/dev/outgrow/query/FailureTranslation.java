package dev.outgrow.query;

import dev.outgrow.database.Backend;
import dev.outgrow.database.SqlFailures;
import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Throws what a database refuses as this library's exceptions. */
final class FailureTranslation implements ExecuteListener {
  private static final long serialVersionUID = 1L;

  private final Backend backend;

  FailureTranslation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void exception(ExecuteContext context) {
    SQLException failure = context.sqlException();
    if (failure != null) {
      context.exception(SqlFailures.translate(failure, "A statement on " + backend.title()));
    }
  }
}
