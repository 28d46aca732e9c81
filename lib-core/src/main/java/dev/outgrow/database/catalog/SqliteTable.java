package dev.outgrow.database.catalog;

import dev.outgrow.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * A table of a SQLite file with what only SQLite knows of tables.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table in the common vocabulary
 * @param kind what kind of table it is
 * @param module the module of a virtual table, or of the one a shadow table belongs to
 * @param withoutRowid whether it is WITHOUT ROWID
 * @param strict whether it is STRICT
 * @param autoincrement whether its primary key says AUTOINCREMENT
 * @param sql its {@code CREATE} statement as SQLite keeps it
 * @param unread what of it could not be read; empty when {@code table} is complete
 * @since 0.1
 */
public record SqliteTable(
    Table table,
    Kind kind,
    Optional<String> module,
    boolean withoutRowid,
    boolean strict,
    boolean autoincrement,
    String sql,
    List<Unread> unread) {

  /** Copies the list. */
  public SqliteTable {
    unread = List.copyOf(unread);
  }

  /** Returns the table's name. */
  public String name() {
    return table.name();
  }

  /** What kind of table it is. */
  public enum Kind {
    /** A table that keeps its own rows. */
    ORDINARY,
    /** A table whose rows a module makes: full-text, R-tree. */
    VIRTUAL,
    /** A table in which a module keeps what its virtual table needs. */
    SHADOW
  }
}
