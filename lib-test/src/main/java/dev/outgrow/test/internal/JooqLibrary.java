package dev.outgrow.test.internal;

import dev.outgrow.database.Database;

/**
 * The optional jOOQ, of which this class names nothing but as text.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class JooqLibrary {
  private static final String CONTEXT = "org.jooq.DSLContext";

  private JooqLibrary() {}

  /** Returns whether it is jOOQ's context; whoever has that class has jOOQ. */
  public static boolean isContext(Class<?> type) {
    return type.getName().equals(CONTEXT);
  }

  /** Returns jOOQ on a database: each statement borrows a connection and commits by itself. */
  public static Object contextOn(Database database, Class<?> type) {
    JooqLibrary.class.getModule().addReads(type.getModule());
    return JooqContext.on(database);
  }
}
