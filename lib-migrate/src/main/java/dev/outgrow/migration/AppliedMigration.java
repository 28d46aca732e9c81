package dev.outgrow.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * A row of a chain's history.
 *
 * <p><em>Immutable.</em>
 *
 * @param rank its place in the order of what has happened, from 1
 * @param version its version; empty if it is repeatable
 * @param description what it does
 * @param type what it is, in Flyway's words: {@code SQL}, {@code JDBC}, {@code BASELINE}, {@code
 *     DELETE} for one that was taken back
 * @param script its file name, or its class
 * @param installedOn when it ran, as the table says it: in UTC where this library has written it
 * @param took how long it ran
 * @param success whether it succeeded
 * @since 0.1
 */
public record AppliedMigration(
    int rank,
    Optional<String> version,
    String description,
    String type,
    String script,
    String installedOn,
    Duration took,
    boolean success) {
  static AppliedMigration of(HistoryRow row) {
    return new AppliedMigration(
        row.rank(),
        Optional.ofNullable(row.version()).map(Object::toString),
        row.description(),
        row.type(),
        row.script(),
        row.installedOn(),
        Duration.ofMillis(row.millis()),
        row.success());
  }
}
