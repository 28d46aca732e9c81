package dev.outgrow.examples.wizard;

import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.ForeignKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found in a file.
 *
 * <p><em>Immutable.</em>
 *
 * @param file the file
 * @param inspection what each of its tables holds, and would become
 * @since 0.1
 */
public record Look(ChosenFile file, Inspection inspection) {
  /** Which rows refer to nothing: how many of a table by one of its keys. */
  public record Lost(String table, String columns, String refersTo, long rows) {}

  /** Returns how many rows there are. */
  public long rows() {
    return inspection.tables().stream().mapToLong(SourceTable::rows).sum();
  }

  /** Returns how many rows are larger than PostgreSQL can hold. */
  public long oversized() {
    return inspection.tables().stream().mapToLong(SourceTable::oversized).sum();
  }

  /** Returns the rules that are proposed; none for tables that the application makes itself. */
  public List<Proposal> proposals() {
    return file.own() ? List.of() : inspection.proposals();
  }

  /** Returns columns that do not hold what they declare. */
  public List<ChangedType> changed() {
    return file.own() ? List.of() : inspection.mapping().changedTypes();
  }

  /** Returns the rows that refer to nothing. */
  public List<Lost> lost() {
    List<Lost> all = new ArrayList<>();
    for (SourceTable table : inspection.tables()) {
      List<ForeignKey> keys = table.table().foreignKeys();
      for (int i = 0; i < keys.size(); i++) {
        long rows = table.orphans().get(i);
        if (rows > 0) {
          ForeignKey key = keys.get(i);
          all.add(
              new Lost(
                  table.name(), String.join(", ", key.columns()), key.referencedTable(), rows));
        }
      }
    }
    return all;
  }

  /** Returns what stays behind if rows that refer to nothing are treated so, by kind. */
  public Map<Kind, List<NotCarried>> behind(Orphans orphans) {
    Map<Kind, List<NotCarried>> kinds = new EnumMap<>(Kind.class);
    for (NotCarried each : inspection.mapping().notCarried()) {
      boolean key = each.kind() == Kind.FOREIGN_KEY_VALIDATION;
      if (key ? orphans == Orphans.KEEP : !file.own()) {
        kinds.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each);
      }
    }
    return kinds;
  }

  /**
   * Returns what stays behind whatever is decided of rows that refer to nothing, and what more if
   * they are carried.
   */
  public Map<Kind, List<NotCarried>> behind() {
    return behind(Orphans.KEEP);
  }

  /** Returns the rules of those proposals that are on. */
  Rules rules(Set<Integer> on) {
    Rules.Builder rules = Rules.builder();
    List<Proposal> proposals = proposals();
    for (int i = 0; i < proposals.size(); i++) {
      if (on.contains(i)) {
        Proposal proposal = proposals.get(i);
        Rule.Builder rule = Rule.builder().set("read", proposal.read());
        rules.rule(
            selector(proposal), (proposal.round() ? rule.set("round", "yes") : rule).build());
      }
    }
    return rules.build();
  }

  /** The rule file's own way to write a name, whatever is in it. */
  private static String selector(Proposal proposal) {
    return Arrays.stream(proposal.text().split("\n", -1))
        .filter(line -> line.startsWith("["))
        .map(line -> line.substring(1, line.length() - 1))
        .findFirst()
        .orElseThrow();
  }
}
