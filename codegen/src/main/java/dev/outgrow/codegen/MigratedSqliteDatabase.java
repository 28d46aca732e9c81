package dev.outgrow.codegen;

import dev.outgrow.codegen.internal.Migrated;
import dev.outgrow.codegen.internal.MigratedScratch;
import dev.outgrow.codegen.internal.Origins;
import dev.outgrow.codegen.internal.Packages;
import dev.outgrow.database.Backend;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.meta.sqlite.SQLiteDatabase;

/**
 * As {@link MigratedPostgresDatabase}, for what the migrations make on SQLite: a file that is gone
 * afterwards. No server is started, and the property {@code server} is not read.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public class MigratedSqliteDatabase extends SQLiteDatabase implements Migrated {
  private final Origins origins = new Origins(Backend.SQLITE, this::getProperties);

  /** For jOOQ, which makes it by name. */
  public MigratedSqliteDatabase() {
    addFilter(origins::leavesOut);
  }

  @Override
  protected DSLContext create0() {
    Connection connection = scratch().connection();
    if (getConnection() != connection) {
      setConnection(connection); // also in the place of one that was configured
    }
    DSLContext context = super.create0();
    // Else jOOQ looks for SQLite's words in the machine's language: unique is UNİQUE in Turkish.
    context.settings().setRenderLocale(Locale.ROOT);
    return context;
  }

  @Override
  public final MigratedScratch scratch() {
    return origins.scratch();
  }

  @Override
  public final Optional<Packages> packages() {
    return origins.packages();
  }

  @Override
  public final Map<String, Map<String, String>> types() {
    return origins.types();
  }

  @Override
  public void close() {
    super.close();
    origins.close();
  }
}
