package dev.outgrow.importer;

import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.reject.Nulling;
import dev.outgrow.importer.reject.RejectSink;
import dev.outgrow.importer.reject.SetAside;
import dev.outgrow.importer.reject.TableRejects;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a survey that are carried, as they are carried, and those that are not. */
final class Sifted implements AutoCloseable {
  private static final int SHOWN_KEYS = 5;

  private final Survey survey;
  private final SchemaMapping mapping;
  private final List<Link> links;
  private final @Nullable SetAside aside;

  private Sifted(Survey survey, SchemaMapping mapping, List<Link> links, @Nullable SetAside aside) {
    this.survey = survey;
    this.mapping = mapping;
    this.links = List.copyOf(links);
    this.aside = aside;
  }

  /** Returns what becomes of a survey whose every row is carried as it is. */
  static Sifted whole(Survey survey) {
    return new Sifted(survey, survey.mapping(), List.of(), null);
  }

  /**
   * Returns what becomes of a survey.
   *
   * @param survey the survey
   * @param mapping what becomes of its tables
   * @param links the references that were looked at
   * @param aside the rows that are not carried, which is closed with this
   */
  static Sifted of(Survey survey, SchemaMapping mapping, List<Link> links, SetAside aside) {
    return new Sifted(survey, mapping, links, aside);
  }

  SchemaMapping mapping() {
    return mapping;
  }

  /** Walks over the rows of a table that are carried. */
  RowCursor rows(TableMapping table) {
    RowCursor all = survey.rows(table);
    return aside == null ? all : aside.sift(table, all);
  }

  long rejected(TableMapping table) {
    return aside == null ? 0 : aside.rejected(table.source());
  }

  long rejectedByValue(TableMapping table) {
    return aside == null ? 0 : aside.rejectedByValue(table.source());
  }

  long rejected(Link link) {
    return aside == null ? 0 : aside.rejected(link);
  }

  boolean hasRejects() {
    return mapping.tables().stream().anyMatch(t -> rejected(t) > 0);
  }

  /** Returns whether some rows of a table are carried otherwise than they are, or not at all. */
  boolean changesRows(TableMapping table) {
    return rejected(table) > 0
        || (aside != null
            && links.stream()
                .anyMatch(l -> l.table().equals(table.source()) && aside.nulled(l) > 0));
  }

  /** Returns whether rows are among the rejected that may not be. */
  boolean isRefused(ImportOptions options, List<Link> looked) {
    boolean misfits =
        options.badRows() == BadRows.FAIL
            && mapping.tables().stream().anyMatch(t -> rejectedByValue(t) > 0);
    return misfits
        || (options.orphans() != Orphans.REJECT && looked.stream().anyMatch(l -> rejected(l) > 0));
  }

  /** Returns whether some rows are carried otherwise than they are, or not at all. */
  boolean changesRows() {
    return hasRejects() || (aside != null && links.stream().anyMatch(l -> aside.nulled(l) > 0));
  }

  /** Returns how many rows the source has, carried or not. */
  long rowsRead(TableMapping table) {
    return survey.tables().stream()
        .filter(t -> t.name().equals(table.source()))
        .mapToLong(t -> t.rows() + t.oversized())
        .sum();
  }

  List<Reject> firstRejects(int most) {
    return aside == null ? List.of() : aside.first(most);
  }

  /**
   * Returns the rejected rows with every raw value, table by table: also of columns that rules
   * leave out, because a reject is all there is left of its row.
   */
  List<TableRejects> rejects() {
    List<TableRejects> rejects = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      if (rejected(table) > 0) {
        rejects.add(
            new TableRejects(
                table.source(), survey.columns(table.source()), sink -> handOut(table, sink)));
      }
    }
    return rejects;
  }

  /** Says what was done with rows, by table and by reference. */
  List<NotCarried> notCarried(String kept) {
    List<NotCarried> things = new ArrayList<>();
    if (aside != null) {
      mapping.tables().forEach(t -> bad(t.source(), kept, aside, things));
      links.forEach(l -> orphans(l, kept, aside, things));
    }
    return things;
  }

  @Override
  public void close() {
    if (aside != null) {
      aside.close();
    }
  }

  private static void bad(String table, String kept, SetAside aside, List<NotCarried> things) {
    long rows = aside.rejectedByValue(table);
    if (rows > 0) {
      things.add(
          new NotCarried(
              Kind.REJECT, table, rows + " of its rows could not be carried; kept in " + kept));
    }
  }

  private void orphans(Link link, String kept, SetAside aside, List<NotCarried> things) {
    long rejected = aside.rejected(link);
    if (rejected > 0) {
      String reason = rejected + " rows refer to nothing that is carried; kept in " + kept;
      things.add(new NotCarried(Kind.REJECT, link.describe(), reason));
    }
    long nulled = aside.nulled(link);
    if (nulled > 0) {
      String reason =
          nulled
              + " rows referred to nothing; "
              + String.join(", ", Nulling.columns(table(link.table()), link))
              + " became NULL in them, such as "
              + String.join("; ", aside.nulledKeys(link, SHOWN_KEYS));
      things.add(new NotCarried(Kind.NULLED_REFERENCE, link.describe(), reason));
    }
  }

  private void handOut(TableMapping table, RejectSink sink) {
    if (aside != null) {
      aside.rejects(table.source(), survey.wholeRows(table.source()), sink);
      aside.oversized(table.source(), survey.oversized(table.source()), sink);
    }
  }

  private TableMapping table(String source) {
    return mapping.tables().stream()
        .filter(t -> t.source().equals(source))
        .findFirst()
        .orElseThrow();
  }
}
