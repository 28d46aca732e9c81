package dev.outgrow.test.guide;

import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.test.AppChains;
import dev.outgrow.test.ScratchDatabases;
import javax.sql.DataSource;

// begin spring
/** As a Spring test imports it: with @TestConfiguration here, and @Bean on dataSource(). */
class ScratchConfiguration implements AutoCloseable {
  private static final ScratchDatabases DATABASES = ScratchDatabases.open(new AppChains());

  private final ScratchDatabase database = DATABASES.postgres();

  DataSource dataSource() {
    return database.database().dataSource();
  }

  @Override
  public void close() {
    database.close();
  }
}

// end spring
