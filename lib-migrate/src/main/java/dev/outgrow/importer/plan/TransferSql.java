package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.ExistingTable;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the one transaction in which staged rows come into the tables that are there. Foreign keys
 * are taken off and put back, because rows may refer to each other in a circle; triggers are
 * silent, because what they would do was done when the file's rows were written. Views, grants,
 * comments and indexes are left alone.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class TransferSql {
  private final ImportNames names;
  private final ExistingMapping mapping;
  private final LandingSql landing;

  /** Makes a writer for rows of this mapping. */
  public TransferSql(ImportNames names, ExistingMapping mapping) {
    this.names = names;
    this.mapping = mapping;
    this.landing = new LandingSql(names.staging(), names.target());
  }

  /**
   * Returns what keeps everyone else away from the tables. Rows that a policy would hide from this
   * user are an error: what is not seen can neither be kept nor compared.
   */
  public List<String> lock() {
    List<String> sql = new ArrayList<>(List.of("SET LOCAL row_security = off"));
    // The keys of others are taken off as well, so nobody may use those tables either.
    Stream<String> theirs = mapping.keys().stream().map(k -> Dialect.POSTGRESQL.quote(k.table()));
    String tables =
        Stream.concat(mapping.tables().stream().map(landing::there), theirs)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (!tables.isEmpty()) {
      sql.add("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
    }
    return sql;
  }

  /**
   * Returns what changes the tables.
   *
   * @param orphaned the foreign keys whose rows may refer to nothing
   */
  public List<String> change(Set<ExistingKey> orphaned) {
    List<String> sql = new ArrayList<>();
    sql.add(names.setSearchPath());
    sql.addAll(keepAside());
    triggers(sql, false);
    mapping.keys().forEach(k -> sql.add(alter(k) + " DROP CONSTRAINT " + quote(k.name())));
    if (!mapping.filled().isEmpty()) {
      sql.add("TRUNCATE " + all(mapping.filled()));
    }
    mapping.tables().forEach(t -> sql.add(landing.insert(t)));
    sql.addAll(settle(orphaned));
    return sql;
  }

  /** Returns what comes before rows are added to those that the tables hold. */
  public List<String> open() {
    List<String> sql = new ArrayList<>(List.of(names.setSearchPath()));
    triggers(sql, false);
    mapping.keys().forEach(k -> sql.add(alter(k) + " DROP CONSTRAINT " + quote(k.name())));
    return sql;
  }

  /**
   * Returns what comes behind it.
   *
   * @param orphaned the foreign keys whose rows may refer to nothing
   */
  public List<String> settle(Set<ExistingKey> orphaned) {
    List<String> sql = new ArrayList<>(List.of("SET CONSTRAINTS ALL IMMEDIATE"));
    mapping.keys().forEach(k -> restore(k, orphaned.contains(k), sql));
    triggers(sql, true);
    mapping.tables().forEach(t -> sql.add(landing.analyze(t)));
    return sql;
  }

  /** Returns what reads every table back, to be compared with the file. */
  public List<String> verify() {
    return mapping.tables().stream().map(landing::readBack).toList();
  }

  /**
   * Returns what ends the transaction once every row is proven. Sequences come last, because a
   * rollback does not take them back.
   */
  public List<String> finish() {
    List<String> sql = new ArrayList<>();
    mapping.tables().forEach(t -> sql.addAll(landing.sequences(t)));
    sql.add("DROP SCHEMA " + quote(names.staging()) + " CASCADE");
    return sql;
  }

  private List<String> keepAside() {
    List<String> sql = new ArrayList<>();
    if (!mapping.filled().isEmpty()) {
      sql.add("CREATE SCHEMA " + quote(names.before()));
    }
    for (LandedTable table : mapping.filled()) {
      Identifier kept = Identifier.of(names.before(), table.existing().name());
      sql.add(
          "CREATE TABLE " + Dialect.POSTGRESQL.quote(kept) + " AS TABLE " + landing.there(table));
    }
    return sql;
  }

  private void triggers(List<String> sql, boolean on) {
    for (LandedTable table : mapping.tables()) {
      for (ExistingTable.Trigger trigger : table.existing().triggers()) {
        String words = on ? trigger.enable() : "DISABLE TRIGGER";
        sql.add("ALTER TABLE " + landing.there(table) + " " + words + " " + quote(trigger.name()));
      }
    }
  }

  private static void restore(ExistingKey key, boolean orphaned, List<String> sql) {
    sql.add(
        alter(key)
            + " ADD CONSTRAINT "
            + quote(key.name())
            + " "
            + key.definition()
            + (orphaned && !key.notValid() ? " NOT VALID" : ""));
    String comment = key.comment();
    if (comment != null) {
      sql.add(
          "COMMENT ON CONSTRAINT "
              + quote(key.name())
              + " ON "
              + Dialect.POSTGRESQL.quote(key.table())
              + " IS "
              + Dialect.POSTGRESQL.literal(comment));
    }
  }

  private static String alter(ExistingKey key) {
    return "ALTER TABLE " + Dialect.POSTGRESQL.quote(key.table());
  }

  private String all(List<LandedTable> tables) {
    return tables.stream().map(landing::there).collect(Collectors.joining(", "));
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
