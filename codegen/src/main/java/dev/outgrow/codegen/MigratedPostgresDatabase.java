package dev.outgrow.codegen;

import dev.outgrow.codegen.internal.Migrated;
import dev.outgrow.codegen.internal.MigratedScratch;
import dev.outgrow.codegen.internal.Origins;
import dev.outgrow.codegen.internal.Packages;
import dev.outgrow.database.Backend;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.meta.postgres.PostgresDatabase;

/**
 * A database for jOOQ's own generator, in which an application's migrations have run: its name is
 * all that {@code jooq-codegen-maven} or jOOQ's Gradle plugin has to be told. {@link Codegen} skips
 * the work where nothing has changed, which those cannot.
 *
 * <pre>{@code
 * <database>
 *   <name>dev.outgrow.codegen.MigratedPostgresDatabase</name>
 *   <inputSchema>public</inputSchema>
 *   <properties>
 *     <property><key>chains</key><value>app.AppChains</value></property>
 *   </properties>
 * </database>
 * }</pre>
 *
 * <p>The property {@code chains} is the class of a {@link dev.outgrow.migration.ChainSource};
 * {@code server} is the URL of a server to make the scratch database on, by default an embedded
 * one. History tables, partitions and what extensions bring along are left out. The database is
 * dropped and the server stopped when jOOQ is done. What fails is thrown as this library's
 * exceptions.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public class MigratedPostgresDatabase extends PostgresDatabase implements Migrated {
  private final Origins origins = new Origins(Backend.POSTGRESQL, this::getProperties);

  /** For jOOQ, which makes it by name. */
  public MigratedPostgresDatabase() {
    addFilter(origins::leavesOut);
  }

  @Override
  protected DSLContext create0() {
    Connection connection = scratch().connection();
    if (getConnection() != connection) {
      setConnection(connection); // also in the place of one that was configured
    }
    return super.create0();
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
