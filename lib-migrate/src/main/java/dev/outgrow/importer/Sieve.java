package dev.outgrow.importer;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TableMapping.Reference;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.reject.OrphanSearch;
import dev.outgrow.importer.reject.SetAside;
import dev.outgrow.importer.reject.Treatment;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.SourceTable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which rows of a survey are carried, before the first is. Used once. */
final class Sieve {
  private final Survey survey;
  private final ImportOptions options;
  private final List<TableMapping> tables;
  private final Map<Link, Long> links;

  private Sieve(Survey survey, ImportOptions options) {
    this.survey = survey;
    this.options = options;
    this.tables = survey.mapping().tables();
    this.links =
        tables.stream()
            .flatMap(t -> t.foreignKeys().stream())
            .collect(
                Collectors.toMap(
                    Reference::link, Reference::orphans, Math::max, LinkedHashMap::new));
  }

  /**
   * Decides for an import.
   *
   * @param server where it is carried to
   * @param encode whether every row is to be encoded once to find those that do not fit: else they
   *     are met when they are carried, which is cheaper where there are none
   * @throws BadRowsException if there are rows that may not be kept aside
   */
  static Sifted forImport(
      Survey survey, ImportOptions options, String target, ImportTarget server, boolean encode) {
    Sieve sieve = new Sieve(survey, options);
    boolean orphansRefuse =
        options.orphans() == Orphans.FAIL && sieve.links.values().stream().anyMatch(n -> n > 0);
    boolean sizesRefuse = options.badRows() == BadRows.FAIL && sieve.hasOversized();
    boolean looks = encode || orphansRefuse || sizesRefuse;
    Sifted sifted = sieve.sift(looks ? server : null, options.orphans().treatment());
    return sieve.refuse(sifted, target);
  }

  /**
   * Decides for a plan, which does not encode.
   *
   * @throws BadRowsException if it is known already that the import would be refused for a row
   */
  static Sifted forPlan(Survey survey, ImportOptions options, String target) {
    return lasting(survey, options, target, null);
  }

  /**
   * Decides for a comparison: the same rows as an import with the same options.
   *
   * @param server where it was carried to
   * @throws BadRowsException if an import with these options would be refused for a row
   */
  static Sifted forVerification(
      Survey survey, ImportOptions options, String target, ImportTarget server) {
    return lasting(survey, options, target, options.badRows() == BadRows.REJECT ? server : null);
  }

  /** Orphans that would refuse an import are just carried, or compared. */
  private static Sifted lasting(
      Survey survey, ImportOptions options, String target, @Nullable ImportTarget server) {
    boolean refusing = options.orphans() == Orphans.FAIL;
    Sieve sieve = new Sieve(survey, options);
    Treatment treatment = refusing ? Treatment.COUNT : options.orphans().treatment();
    return sieve.refuse(sieve.sift(server, treatment), target);
  }

  private boolean hasOversized() {
    return survey.tables().stream().anyMatch(t -> t.oversized() > 0);
  }

  /** Encodes every row once if there is a server to ask about those that may be too large. */
  private Sifted sift(@Nullable ImportTarget server, Treatment treatment) {
    boolean treats = treatment != Treatment.COUNT && links.values().stream().anyMatch(n -> n > 0);
    if (server == null && !treats && !hasOversized()) {
      return Sifted.whole(survey);
    }
    SetAside aside =
        new SetAside(
            tables.stream().map(TableMapping::source).toList(), List.copyOf(links.keySet()));
    try {
      BadRowSearch search = new BadRowSearch(survey, options, aside);
      survey.tables().forEach(search::oversized);
      if (server != null) {
        tables.forEach(t -> setMisfitsAside(t, search, server));
      }
      OrphanSearch orphans = new OrphanSearch(aside, tables, treatment, survey::links);
      Map<Link, Long> found = orphans.run(broken(treatment));
      return Sifted.of(survey, mapping(found, treatment), List.copyOf(found.keySet()), aside);
    } catch (RuntimeException e) {
      closeAfter(aside, e);
      throw e;
    }
  }

  /** Links of which it is known, or not known otherwise, that rows refer to nothing. */
  private Set<Link> broken(Treatment treatment) {
    Set<String> oversized =
        survey.tables().stream()
            .filter(t -> t.oversized() > 0)
            .map(SourceTable::name)
            .collect(Collectors.toSet());
    Set<Link> broken = new LinkedHashSet<>();
    links.forEach(
        (link, orphans) -> {
          boolean counted = orphans > 0 && treatment != Treatment.COUNT;
          if (counted || oversized.contains(link.parent())) {
            broken.add(link);
          }
        });
    return broken;
  }

  /** What refers to nothing after that: only rows that are kept. */
  private SchemaMapping mapping(Map<Link, Long> found, Treatment treatment) {
    Map<Link, Long> left = new LinkedHashMap<>();
    boolean kept = treatment == Treatment.COUNT;
    found.forEach((link, count) -> left.put(link, kept ? count : 0));
    return survey.mapping().withOrphans(left);
  }

  private Sifted refuse(Sifted sifted, String target) {
    if (!sifted.isRefused(options, List.copyOf(links.keySet()))) {
      return sifted;
    }
    try (sifted) {
      throw new BadRowsException(Reports.refused(survey, sifted, options, target), List.of());
    }
  }

  private static void setMisfitsAside(
      TableMapping table, BadRowSearch search, ImportTarget server) {
    RowEncoder encoder = RowEncoder.of(table);
    CopyWriter scrap = CopyWriter.toNowhere();
    try (PageRoom room = PageRoom.of(table, server)) {
      search.misfits(
          table,
          row -> {
            List<ValueException> misfits = encoder.misfits(row, scrap);
            return misfits.isEmpty() ? room.refusal(row, scrap).stream().toList() : misfits;
          });
    }
  }

  private static void closeAfter(SetAside aside, RuntimeException reason) {
    try {
      aside.close();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
