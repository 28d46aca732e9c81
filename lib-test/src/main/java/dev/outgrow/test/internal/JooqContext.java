package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Puts jOOQ on a database; to be named only where jOOQ is known to be there. */
final class JooqContext {
  private JooqContext() {}

  static Object on(Database database) {
    boolean sqlite = database.backend() == Backend.SQLITE;
    return DSL.using(database.dataSource(), sqlite ? SQLDialect.SQLITE : SQLDialect.POSTGRES);
  }
}
