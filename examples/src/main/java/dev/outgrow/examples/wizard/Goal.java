package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.importer.plan.ImportPlan;
import java.util.Optional;

/**
 * Where a file is carried to, and what is there.
 *
 * <p><em>Immutable.</em>
 *
 * @param database the database
 * @param aim how it was named
 * @param schema the schema in it
 * @param own whether the rows go into the application's own tables there
 * @param fresh whether none of the application's tables are there yet
 * @param replaced what is put aside for it
 * @param others how many other tables and views the schema has, which stay
 * @param plan what is done; empty where the tables are yet to be made
 * @since 0.1
 */
public record Goal(
    Database database,
    Aim aim,
    String schema,
    boolean own,
    boolean fresh,
    Holdings replaced,
    long others,
    Optional<ImportPlan> plan) {
  /** Returns what has to be typed before anything begins. */
  public String confirmation() {
    return own ? database.url().database() : schema;
  }

  /** Returns the database for people, without a credential. */
  public String shown() {
    return database.url().toString();
  }
}
