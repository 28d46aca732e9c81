package dev.outgrow.query.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on columns, apart by the rows that they are of: those that are shown, or a lookup's.
 */
final class Matches {
  private final List<Condition> own = new ArrayList<>();
  private final Map<Lookup, List<Condition>> lookups = new LinkedHashMap<>();

  void add(TableColumn column, Condition condition) {
    @Nullable Lookup lookup = column.lookup();
    (lookup == null ? own : lookups.computeIfAbsent(lookup, key -> new ArrayList<>()))
        .add(condition);
  }

  /** Returns the condition that all of them hold. */
  Condition all(DSLContext ctx) {
    List<Condition> parts = new ArrayList<>(own);
    lookups.forEach((lookup, conditions) -> parts.add(lookup.refersTo(ctx, DSL.and(conditions))));
    return DSL.and(parts);
  }

  /** Returns the condition that one of them holds. */
  Condition any(DSLContext ctx) {
    List<Condition> parts = new ArrayList<>(own);
    lookups.forEach((lookup, conditions) -> parts.add(lookup.refersTo(ctx, DSL.or(conditions))));
    return parts.isEmpty() ? DSL.falseCondition() : DSL.or(parts);
  }
}
