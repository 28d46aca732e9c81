package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a history says has run and still holds, read as Flyway reads it: a later row of a version
 * speaks for it, and a row that takes one back is none.
 */
final class AppliedState {
  private final NavigableMap<Version, HistoryRow> versioned = new TreeMap<>();
  private final Map<String, HistoryRow> repeatable = new HashMap<>();
  private final List<HistoryRow> failed = new ArrayList<>();
  private final List<HistoryRow> unfinished;
  private @Nullable Version baseline;
  private boolean begun;

  AppliedState(List<HistoryRow> rows) {
    rows.stream().filter(row -> !row.isAnnouncement()).forEach(this::add);
    unfinished =
        rows.stream()
            .filter(HistoryRow::isAnnouncement)
            .filter(row -> rows.stream().noneMatch(other -> other.answers(row)))
            .toList();
    begun |= !unfinished.isEmpty();
  }

  private void add(HistoryRow row) {
    Version version = row.version();
    if (row.isSchema()) {
      return;
    }
    if (row.isBaseline()) {
      baseline = version;
      begun |= version != null && !version.isBase();
      return;
    }
    begun = true;
    if (row.isTakenBack()) {
      takeBack(row);
    } else if (!row.success()) {
      failed.add(row);
    } else if (version == null) {
      repeatable.put(row.description(), row);
    } else {
      versioned.put(version, row);
    }
  }

  private void takeBack(HistoryRow row) {
    Version version = row.version();
    if (version == null) {
      repeatable.remove(row.description());
    } else {
      versioned.remove(version);
      failed.removeIf(other -> Objects.equals(version, other.version()));
    }
  }

  /** Returns whether anything of the chain has run, or was taken over. */
  boolean hasBegun() {
    return begun;
  }

  NavigableMap<Version, HistoryRow> versioned() {
    return versioned;
  }

  Map<String, HistoryRow> repeatable() {
    return repeatable;
  }

  List<HistoryRow> failed() {
    return failed;
  }

  /** Returns those outside of a transaction that were begun and have no end. */
  List<HistoryRow> unfinished() {
    return unfinished;
  }

  /** Returns whether a version was there before the history began. */
  boolean isBelowBaseline(Version version) {
    return baseline != null && version.compareTo(baseline) <= 0;
  }

  /** Returns the version at which a schema that was there already was taken over, or null. */
  @Nullable Version takenOverAt() {
    return baseline == null || baseline.isBase() ? null : baseline;
  }

  /** Returns whether anything that has run still holds. */
  boolean holdsAnything() {
    return !versioned.isEmpty()
        || !repeatable.isEmpty()
        || !failed.isEmpty()
        || takenOverAt() != null;
  }

  /** Returns the highest version that has run, or null before the first. */
  @Nullable Version current() {
    Version base = takenOverAt();
    if (versioned.isEmpty()) {
      return base;
    }
    Version last = versioned.lastKey();
    return base != null && base.compareTo(last) > 0 ? base : last;
  }
}
