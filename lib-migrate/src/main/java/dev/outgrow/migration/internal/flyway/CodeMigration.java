package dev.outgrow.migration.internal.flyway;

import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;
import org.flywaydb.core.internal.resolver.java.JavaMigrationExecutor;
import org.jspecify.annotations.Nullable;

/** A migration in Java as Flyway runs it. */
final class CodeMigration implements JavaMigration {
  private final CodeStep step;

  CodeMigration(CodeStep step) {
    this.step = step;
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion(step.version().toString());
  }

  @Override
  public String getDescription() {
    return step.description();
  }

  @Override
  public @Nullable Integer getChecksum() {
    return step.checksum();
  }

  @Override
  public boolean canExecuteInTransaction() {
    return step.transactional();
  }

  /** Flyway would keep this class's name, the same for every migration. */
  @Override
  public ResolvedMigration getResolvedMigration(
      Configuration configuration, StatementInterceptor interceptor) {
    return new ResolvedMigrationImpl(
        getVersion(),
        getDescription(),
        step.name(),
        getChecksum(),
        null,
        CoreMigrationType.JDBC,
        step.name(),
        new JavaMigrationExecutor(this, interceptor));
  }

  @Override
  public void migrate(Context context) throws Exception {
    step.work().run(context.getConnection());
  }
}
