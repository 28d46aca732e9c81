package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Link;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What everything in a source becomes in PostgreSQL, and what does not.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables the tables, in the order they are loaded
 * @param renamed names PostgreSQL could not keep
 * @param changedTypes columns whose values did not keep to their declaration
 * @param notCarried what PostgreSQL does not get as it was
 * @param views the views, each behind those it reads
 * @param triggers the triggers
 * @param leftOut what is left out because somebody said so
 * @since 0.1
 */
public record SchemaMapping(
    List<TableMapping> tables,
    List<Renamed> renamed,
    List<ChangedType> changedTypes,
    List<NotCarried> notCarried,
    List<ViewMapping> views,
    List<TriggerMapping> triggers,
    List<LeftOut> leftOut) {

  /** Makes one of tables alone. */
  public SchemaMapping(
      List<TableMapping> tables,
      List<Renamed> renamed,
      List<ChangedType> changedTypes,
      List<NotCarried> notCarried) {
    this(tables, renamed, changedTypes, notCarried, List.of(), List.of(), List.of());
  }

  /** Copies the lists. */
  public SchemaMapping {
    tables = List.copyOf(tables);
    renamed = List.copyOf(renamed);
    changedTypes = List.copyOf(changedTypes);
    notCarried = List.copyOf(notCarried);
    views = List.copyOf(views);
    triggers = List.copyOf(triggers);
    leftOut = List.copyOf(leftOut);
  }

  /** Returns the same with what is left out. */
  public SchemaMapping withLeftOut(List<LeftOut> things) {
    return new SchemaMapping(tables, renamed, changedTypes, notCarried, views, triggers, things);
  }

  /**
   * Returns the same mapping after some rows were seen to.
   *
   * @param orphans for each link that was looked at, how many rows still refer to nothing
   */
  public SchemaMapping withOrphans(Map<Link, Long> orphans) {
    List<TableMapping> seenTo =
        tables.stream().map(t -> t.withForeignKeys(withOrphans(t.foreignKeys(), orphans))).toList();
    Stream<NotCarried> others =
        notCarried.stream().filter(n -> n.kind() != Kind.FOREIGN_KEY_VALIDATION);
    Stream<NotCarried> invalid =
        seenTo.stream()
            .flatMap(t -> t.foreignKeys().stream())
            .flatMap(r -> References.validation(r).stream());
    return new SchemaMapping(
        seenTo,
        renamed,
        changedTypes,
        Stream.concat(others, invalid).toList(),
        views,
        triggers,
        leftOut);
  }

  private static List<TableMapping.Reference> withOrphans(
      List<TableMapping.Reference> references, Map<Link, Long> orphans) {
    return references.stream()
        .map(
            r ->
                new TableMapping.Reference(
                    r.key(),
                    orphans.getOrDefault(r.link(), r.orphans()),
                    r.spelledOtherwise(),
                    r.link()))
        .toList();
  }
}
