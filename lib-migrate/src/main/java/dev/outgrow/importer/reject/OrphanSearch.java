package dev.outgrow.importer.reject;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the rows that refer to nothing, or to rows that stay behind, and treats them, until nothing
 * changes any more. Each table is walked over at most once, whatever the depth of the references.
 *
 * <p><em>Not thread-safe.</em> Used once.
 *
 * @since 0.1
 */
public final class OrphanSearch {
  private final SetAside aside;
  private final List<TableMapping> tables;
  private final Treatment treatment;
  private final Walks walks;
  private final Map<Link, List<String>> nullable = new HashMap<>();

  /**
   * Prepares a search.
   *
   * @param aside the rows that stay behind already, and those that are found
   * @param tables what becomes of the tables
   * @param treatment what is done with what is found
   * @param walks walks over what rows refer to
   */
  public OrphanSearch(SetAside aside, List<TableMapping> tables, Treatment treatment, Walks walks) {
    this.aside = aside;
    this.tables = List.copyOf(tables);
    this.treatment = treatment;
    this.walks = walks;
    aside.links().forEach(l -> nullable.put(l, Nulling.columns(table(l.table()), l)));
  }

  /** Walks over what the rows of a table refer to. <em>Not thread-safe.</em> */
  public interface Walks {
    /**
     * Begins a walk over the same rows in the same order as they are carried. A row has, for each
     * column of each link, the referring value and the value it refers to; then the offered
     * columns.
     */
    RowCursor over(String table, List<Link> links, List<String> offered);
  }

  /**
   * Searches.
   *
   * @param broken links that may refer to nothing
   * @return how many rows of each link refer to nothing, before they were treated
   */
  public Map<Link, Long> run(Set<Link> broken) {
    Set<String> losing = new LinkedHashSet<>();
    tables.stream()
        .map(TableMapping::source)
        .filter(t -> aside.rejected(t) > 0)
        .forEach(losing::add);
    Set<Link> suspects = new LinkedHashSet<>(broken);
    while (suspects.addAll(suspectsOf(losing)) || losing.addAll(losersOf(suspects))) {
      // until both sets are closed; there are finitely many links
    }
    Settlement settlement = new Settlement(aside, treatment, nullable);
    for (TableMapping table : tables) {
      gather(table.source(), suspects, losing);
    }
    return settlement.run(List.copyOf(suspects));
  }

  private List<Link> suspectsOf(Set<String> losing) {
    return aside.links().stream().filter(l -> losing.contains(l.parent())).toList();
  }

  /** Returns the tables whose rows may no longer be there for others to refer to. */
  private List<String> losersOf(Set<Link> suspects) {
    return switch (treatment) {
      case COUNT, LIST -> List.of();
      case REJECT -> suspects.stream().map(Link::table).toList();
      case NULL -> suspects.stream().filter(this::isReferredTo).map(Link::table).toList();
    };
  }

  private boolean isReferredTo(Link nulled) {
    List<String> columns = nullable.getOrDefault(nulled, List.of());
    return aside.links().stream()
        .filter(l -> l.parent().equals(nulled.table()))
        .anyMatch(l -> l.parentColumns().stream().anyMatch(columns::contains));
  }

  private void gather(String table, Set<Link> suspects, Set<String> losing) {
    List<Link> links = suspects.stream().filter(l -> l.table().equals(table)).toList();
    List<Offer> offers =
        losing.contains(table)
            ? suspects.stream()
                .filter(l -> l.parent().equals(table))
                .map(Offer::of)
                .distinct()
                .toList()
            : List.of();
    if (!links.isEmpty() || !offers.isEmpty()) {
      List<String> offered = offers.stream().flatMap(o -> o.columns().stream()).toList();
      new Gathering(aside, links, offers, losing, emptyIsNull(table))
          .over(walks.over(table, links, offered));
    }
  }

  private Set<String> emptyIsNull(String table) {
    return table(table).columns().stream()
        .filter(c -> c.reading().emptyIsNull())
        .map(ColumnMapping::source)
        .collect(Collectors.toSet());
  }

  private TableMapping table(String name) {
    return tables.stream().filter(t -> t.source().equals(name)).findFirst().orElseThrow();
  }
}
