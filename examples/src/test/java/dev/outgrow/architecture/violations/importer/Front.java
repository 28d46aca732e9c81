package dev.outgrow.architecture.violations.importer;

import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.migration.internal.flyway.Runner;
import org.flywaydb.standin.Flyway;
import org.jooq.standin.Jooq;

/** A front door with everybody else&#39;s house behind it. */
@Breaks({
  "only migration.internal.flyway knows Flyway",
  "only database knows HikariCP",
  "only lib-query, lib-test and codegen know jOOQ",
  "no public signature shows Flyway or HikariCP",
  "an internal package is imported only by its parent's subtree"
})
public interface Front {
  void know(HikariDataSource hikariDataSource, Flyway flyway, Jooq jooq, Runner runner);
}
