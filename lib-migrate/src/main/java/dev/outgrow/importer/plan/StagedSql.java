package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.source.Link;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what tells staged rows that cannot go into the tables that are there from the others. What
 * is selected has the row's number first, by which it is ordered.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class StagedSql {
  private final ExistingMapping mapping;
  private final LandingSql landing;
  private final AppendSql append;

  /** Makes a writer for rows of this mapping. */
  public StagedSql(ImportNames names, ExistingMapping mapping) {
    this.mapping = mapping;
    this.landing = new LandingSql(names.staging(), names.target());
    this.append = new AppendSql(mapping, landing);
  }

  /**
   * Returns the query for the rows of a table that are wrong. It has a column for each question,
   * which is null where the row is not wrong in that.
   *
   * @param table the table
   * @param questions questions about its values
   */
  public String wrong(LandedTable table, List<Question> questions) {
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      flags.add("CASE WHEN " + questions.get(i).condition() + " THEN 'wrong' END AS q" + i);
    }
    List<String> any = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      any.add("w.q" + i + " IS NOT NULL");
    }
    return "SELECT * FROM (SELECT c."
        + quote(table.number())
        + " AS number, "
        + String.join(", ", flags)
        + " FROM "
        + landing.staged(table)
        + " AS c) AS w WHERE "
        + String.join(" OR ", any)
        + " ORDER BY w.number";
  }

  /** Returns the statement that takes them away. */
  public String drop(LandedTable table, List<Question> questions) {
    return "DELETE FROM "
        + landing.staged(table)
        + " AS c WHERE "
        + questions.stream()
            .map(q -> "(" + q.condition() + ")")
            .collect(Collectors.joining(" OR "));
  }

  /**
   * Returns the query for what the rows of a table refer to. It has, for each column of each link,
   * the referring value and the value it refers to, which is null where there is no such row; then
   * the offered columns: all as the text in which the table that is there would show them.
   *
   * @param table the table
   * @param links its references
   * @param offered the source's names of columns of its own
   */
  public String referring(LandedTable table, List<Link> links, List<String> offered) {
    List<String> selected = new ArrayList<>(List.of("c." + quote(table.number())));
    StringBuilder from = new StringBuilder(" FROM ").append(landing.staged(table)).append(" AS c");
    for (int i = 0; i < links.size(); i++) {
      ExistingKey key = key(links.get(i));
      join(table, key, "p" + i, selected, from);
    }
    for (String column : offered) {
      selected.add(text(landed(table, "c", target(table, column))));
    }
    return "SELECT " + String.join(", ", selected) + from + " ORDER BY 1";
  }

  /** Each row of the parent once, so that none of the child comes twice. */
  private void join(
      LandedTable table, ExistingKey key, String alias, List<String> selected, StringBuilder from) {
    List<String> referred = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      String name = quote("k" + i);
      String referring = landed(table, "c", key.columns().get(i));
      referred.add(referred(key, key.referencedColumns().get(i)) + " AS " + name);
      equal.add(alias + "." + name + " = " + referring);
      selected.add(text(unlessKept(table, referring)));
      selected.add(text(alias + "." + name));
    }
    from.append(" LEFT JOIN (SELECT DISTINCT ")
        .append(String.join(", ", referred))
        .append(" FROM ")
        .append(
            mapping
                .landed(key.referenced())
                .map(landing::staged)
                .orElseGet(() -> quote(key.referenced())))
        .append(" AS p")
        .append(alsoThere(key))
        .append(") AS ")
        .append(alias)
        .append(" ON ")
        .append(String.join(" AND ", equal));
  }

  /** What is added to rows that are there may refer to them as well. */
  private String alsoThere(ExistingKey key) {
    if (!mapping.appends() || mapping.landed(key.referenced()).isEmpty()) {
      return "";
    }
    return " UNION SELECT "
        + key.referencedColumns().stream()
            .map(c -> "p." + quote(c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + quote(key.referenced())
        + " AS p";
  }

  /** A row that is not carried, because its key is there, refers to nothing. */
  private String unlessKept(LandedTable table, String referring) {
    return mapping.append() != Append.MISSING || table.key().isEmpty()
        ? referring
        : "CASE WHEN NOT " + append.isThere(table) + " THEN " + referring + " END";
  }

  private String referred(ExistingKey key, String column) {
    return mapping
        .landed(key.referenced())
        .map(parent -> landed(parent, "p", column))
        .orElseGet(() -> "p." + quote(column));
  }

  /** Returns a staged value in the type of the column that is there. */
  private static String landed(LandedTable table, String alias, String target) {
    return table.landings().get(table.position(target)).into(alias + "." + quote(target));
  }

  private ExistingKey key(Link link) {
    return mapping.keys().stream()
        .filter(k -> mapping.link(k).filter(link::equals).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No key " + link.describe()));
  }

  private static String target(LandedTable table, String source) {
    return table.mapping().columns().stream()
        .filter(c -> c.source().equals(source))
        .findFirst()
        .orElseThrow()
        .target();
  }

  private static String text(String value) {
    return "CAST(" + value + " AS text)";
  }

  private static String quote(Identifier name) {
    return Dialect.POSTGRESQL.quote(name);
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
