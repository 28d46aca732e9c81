package dev.outgrow.importer.file;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.Collation;
import org.sqlite.SQLiteConnection;

/**
 * Stands in for collations that only an application has, so that tables can be made whose columns
 * name them. Whatever is put in order by one is not in the application's order, and must not stay.
 */
final class StandIns {
  private static final Pattern MISSING = Pattern.compile("no such collation sequence: (.*?)\\)*$");

  private final SQLiteConnection connection;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();

  StandIns(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** Stands in for the collation for whose lack something failed, if that is why. */
  boolean standIn(SQLException failure) throws SQLException {
    Matcher missing = MISSING.matcher(String.valueOf(failure.getMessage()));
    if (!missing.find() || !known.add(missing.group(1))) {
      return false;
    }
    Collation.create(connection, missing.group(1), new StandIn(missing.group(1)));
    return true;
  }

  /** Returns those that were asked since the last time, and forgets that. */
  Set<String> asked() {
    Set<String> names = Set.copyOf(asked);
    asked.clear();
    return names;
  }

  private final class StandIn extends Collation {
    private final String name;

    StandIn(String name) {
      this.name = name;
    }

    @Override
    protected int xCompare(String left, String right) {
      asked.add(name);
      return Comparator.<String>naturalOrder().compare(left, right);
    }
  }
}
