package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of one {@code FROM}, and behind them those of the query around it. */
final class Frame implements Names {
  private final Names outer;
  private final List<Member> members = new ArrayList<>();

  Frame(Names outer) {
    this.outer = outer;
  }

  /**
   * A table of the frame.
   *
   * @param scope its columns, under the name it has here
   * @param merged the columns that stand for the same ones before, because of {@code USING}
   */
  private record Member(Scope scope, Set<String> merged) {}

  /** A column and the table it is of. */
  record Found(Scope scope, Scope.Column column) {

    String prefix() {
      return Dialect.POSTGRESQL.quote(scope.table()) + ".";
    }

    /** Returns the column just as it is. */
    String raw() {
      return prefix() + Dialect.POSTGRESQL.quote(column.target());
    }
  }

  void add(Scope scope, List<String> using) {
    Set<String> merged = new HashSet<>();
    using.forEach(name -> merged.add(Ascii.upper(name)));
    members.add(new Member(scope, merged));
  }

  boolean has(String table) {
    return members.stream().anyMatch(m -> Ascii.same(m.scope().table(), table));
  }

  /** Returns the columns of one table, or of all, in order. */
  List<Found> star(@Nullable String table) {
    List<Found> all = new ArrayList<>();
    for (Member member : members) {
      if (table == null || Ascii.same(member.scope().table(), table)) {
        for (Scope.Column column : member.scope().columns()) {
          if (table != null || !member.merged().contains(Ascii.upper(column.name()))) {
            all.add(new Found(member.scope(), column));
          }
        }
      }
    }
    return all;
  }

  /** Returns this frame's own column of this name, or null. */
  @Nullable Found own(Expr.Name name) throws RefusedException {
    Found found = null;
    for (Found each : star(name.table())) {
      if (Ascii.same(each.column().name(), name.column())) {
        if (found != null) {
          throw new RefusedException("ambiguous column: " + name.column(), name.at());
        }
        found = each;
      }
    }
    return found;
  }

  @Override
  public @Nullable Typed find(Expr.Name name) throws RefusedException {
    Found found = own(name);
    return found == null ? outer.find(name) : Columns.typed(found.column(), found.prefix());
  }
}
