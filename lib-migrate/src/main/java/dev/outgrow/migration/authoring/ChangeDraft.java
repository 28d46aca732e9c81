package dev.outgrow.migration.authoring;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects statements by the step in which they have to stand. */
final class ChangeDraft {
  /** The steps, in order: what refers goes before what is referred to, and comes behind it. */
  enum Phase {
    PREPARE,
    DROP_DEPENDENT,
    DROP_VIEW,
    DROP_FOREIGN_KEY,
    DROP_INDEX,
    DROP_CONSTRAINT,
    DROP_TABLE,
    TYPE,
    EARLY_ROUTINE,
    SEQUENCE,
    CREATE_TABLE,
    CHANGE_COLUMN,
    DROP_SEQUENCE,
    FINISH_COLUMN,
    CONSTRAINT,
    INDEX,
    FOREIGN_KEY,
    ROUTINE,
    VIEW,
    DEPENDENT
  }

  private final Map<Phase, List<SchemaChange.Statement>> phases = new EnumMap<>(Phase.class);
  private final List<String> notWritten = new ArrayList<>();

  void add(Phase phase, String sql) {
    add(phase, sql, "");
  }

  void add(Phase phase, String sql, String warning) {
    phases
        .computeIfAbsent(phase, p -> new ArrayList<>())
        .add(new SchemaChange.Statement(sql, warning));
  }

  void notWritten(String what) {
    notWritten.add(what);
  }

  SchemaChange finished() {
    return new SchemaChange(phases.values().stream().flatMap(List::stream).toList(), notWritten);
  }
}
