package dev.outgrow.importer;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.existing.RowFit;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.reject.SetAside;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.SourceRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which rows of a survey go into the tables that are there: first by looking at them, then
 * by what the server says of those that it was handed. Used once.
 */
final class ExistingSieve implements AutoCloseable {
  private final Survey survey;
  private final ImportOptions options;
  private final ExistingMapping existing;
  private final SetAside aside;
  private final List<Link> links;
  private final Sifted sifted;
  private boolean looked;

  ExistingSieve(Survey survey, ImportOptions options) {
    this.survey = survey;
    this.options = options;
    this.existing = survey.existing();
    this.links =
        existing.keys().stream()
            .filter(k -> !k.notValid())
            .flatMap(k -> existing.link(k).stream())
            .distinct()
            .toList();
    Set<String> tables = new LinkedHashSet<>();
    existing.tables().forEach(t -> tables.add(t.mapping().source()));
    links.forEach(l -> tables.add(l.parent()));
    this.aside = new SetAside(List.copyOf(tables), links);
    this.sifted = Sifted.of(survey, existing.mapping(), links, aside);
  }

  /** Returns whether it is known before anything is staged that rows will be rejected. */
  static boolean expectsRejects(Survey survey, ImportOptions options) {
    boolean known =
        !survey.existing().ofRows().isEmpty()
            || survey.tables().stream().anyMatch(t -> t.oversized() > 0);
    return options.badRows() == BadRows.REJECT && known;
  }

  Sifted sifted() {
    return sifted;
  }

  SetAside aside() {
    return aside;
  }

  /** Sets aside what is too large, and what the survey has found not to fit. */
  void look() {
    BadRowSearch search = new BadRowSearch(survey, options, aside);
    lookAtSizes();
    List<Finding> found = existing.ofRows();
    for (LandedTable table : found.isEmpty() ? List.<LandedTable>of() : existing.tables()) {
      String prefix = table.existing().name() + ".";
      if (isRuled(table.mapping()) || found.stream().anyMatch(f -> f.name().startsWith(prefix))) {
        look(table, search);
      }
    }
  }

  /** Sets aside what is too large. */
  void lookAtSizes() {
    BadRowSearch search = new BadRowSearch(survey, options, aside);
    survey.tables().stream().filter(t -> isLanded(t.name())).forEach(search::oversized);
  }

  /** Looks at every row, after one did not fit that had not been found. */
  void lookAtAll(ValueException misfit) {
    if (looked) {
      throw misfit;
    }
    looked = true;
    BadRowSearch search = new BadRowSearch(survey, options, aside);
    existing.tables().forEach(t -> look(t, search));
  }

  /**
   * Refuses the import if rows are set aside that may not be.
   *
   * @param target the target as a person reads it
   * @param faults what else is wrong
   */
  void refuse(String target, List<String> faults) {
    if (sifted.isRefused(options, links)) {
      List<String> notes = new ArrayList<>();
      existing.ofRows().stream()
          .filter(Finding::refuses)
          .map(Finding::describe)
          .forEach(notes::add);
      notes.addAll(faults);
      throw new BadRowsException(Reports.refused(survey, sifted, options, target), notes);
    }
  }

  private boolean isLanded(String source) {
    return existing.tables().stream().anyMatch(t -> t.mapping().source().equals(source));
  }

  private static boolean isRuled(TableMapping table) {
    return table.columns().stream().anyMatch(c -> !c.reading().isStored());
  }

  private static void look(LandedTable table, BadRowSearch search) {
    RowFit fit = RowFit.of(table);
    RowEncoder encoder = RowEncoder.of(table.mapping());
    CopyWriter scrap = CopyWriter.toNowhere();
    search.misfits(table.mapping(), row -> misfits(row, fit, encoder, scrap));
  }

  /** What does not fit is told once for each cell: by the type that is there, else by the rule. */
  private static List<ValueException> misfits(
      SourceRow row, RowFit fit, RowEncoder encoder, CopyWriter scrap) {
    List<ValueException> misfits = new ArrayList<>(fit.misfits(row));
    for (ValueException unread : encoder.misfits(row, scrap)) {
      if (misfits.stream().noneMatch(m -> m.column().equals(unread.column()))) {
        misfits.add(unread);
      }
    }
    return misfits;
  }

  @Override
  public void close() {
    sifted.close();
  }
}
