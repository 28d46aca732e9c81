package dev.outgrow.database.doctor;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.Health;
import dev.outgrow.database.doctor.Diagnosis.Finding;
import dev.outgrow.database.doctor.Diagnosis.Verdict;
import dev.outgrow.error.OutgrowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a database is fit for an application: that it answers, that its backend and version
 * are supported, that tables are there, and rows in them. No row is changed; a SQLite file is put
 * into WAL mode, as {@link Database} does.
 *
 * <pre>{@code
 * Diagnosis diagnosis =
 *     Doctor.of(config).requireTable("users").requireRow("users", "is_admin").examine();
 * }</pre>
 *
 * <p>What fails is a finding and not an exception; whatever depends on it is skipped. PostgreSQL is
 * supported from version 14 on and tested up to 18; every version of SQLite that the library brings
 * along is. A doctor is immutable: each method returns another one.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Doctor {
  private final @Nullable DatabaseConfig config;
  private final @Nullable Database open;
  private final @Nullable String schema;
  private final List<Requirement> requirements;

  private Doctor(
      @Nullable DatabaseConfig config,
      @Nullable Database open,
      @Nullable String schema,
      List<Requirement> requirements) {
    this.config = config;
    this.open = open;
    this.schema = schema;
    this.requirements = List.copyOf(requirements);
  }

  /** Returns a doctor for a database that may not be reachable. */
  public static Doctor of(DatabaseConfig config) {
    return new Doctor(config, null, null, List.of());
  }

  /** Returns a doctor for the database of a URL, which opens one connection at first. */
  public static Doctor of(DatabaseUrl url) {
    return of(DatabaseConfig.builder(url).minimumPoolSize(1).build());
  }

  /** Returns a doctor for a database that is open, and stays so. */
  public static Doctor of(Database database) {
    return new Doctor(null, database, null, List.of());
  }

  /** Looks for tables in this schema of PostgreSQL instead of those on the search path. */
  public Doctor schema(String name) {
    return new Doctor(config, open, name, requirements);
  }

  /** Requires a table or a view, by its name without quotes, in its own case on PostgreSQL. */
  public Doctor requireTable(String table) {
    return and(new Requirement(table, null, false));
  }

  /** Requires at least one row in a table. */
  public Doctor requireRow(String table) {
    return and(new Requirement(table, null, true));
  }

  /**
   * Requires at least one row in a table for which a condition holds.
   *
   * @param condition SQL of the application, run as it is in a transaction that cannot write; never
   *     a text that came from outside
   */
  public Doctor requireRow(String table, String condition) {
    return and(new Requirement(table, condition, true));
  }

  private Doctor and(Requirement requirement) {
    List<Requirement> more = new ArrayList<>(requirements);
    more.add(requirement);
    return new Doctor(config, open, schema, more);
  }

  /** Looks, and returns what it found. */
  public Diagnosis examine() {
    if (open != null) {
      return examine(open);
    }
    try (Database opened = Database.open(Objects.requireNonNull(config))) {
      return examine(opened);
    } catch (OutgrowException failure) {
      return unreachable(failure.what(), failure.remedy());
    }
  }

  private Diagnosis unreachable(String what, String remedy) {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("reachable", Verdict.FAIL, what, remedy));
    findings.add(skipped("version"));
    requirements.forEach(requirement -> findings.add(skipped(requirement.check())));
    return new Diagnosis(findings);
  }

  private static Finding skipped(String check) {
    return new Finding(
        check, Verdict.SKIPPED, "Not looked at, as the database does not answer.", "");
  }

  private Diagnosis examine(Database database) {
    Health health = database.health();
    if (!health.reachable()) {
      return unreachable(health.failure().orElse("It does not answer."), "");
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("reachable", Verdict.PASS, database.describe() + ", answers.", ""));
    findings.add(SupportedVersions.look(health));
    for (Requirement requirement : requirements) {
      findings.add(look(requirement, database));
    }
    return new Diagnosis(findings);
  }

  private Finding look(Requirement requirement, Database database) {
    try {
      return requirement.look(database, schema);
    } catch (OutgrowException failure) {
      return new Finding(requirement.check(), Verdict.FAIL, failure.what(), failure.remedy());
    }
  }
}
