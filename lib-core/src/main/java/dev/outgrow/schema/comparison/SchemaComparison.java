package dev.outgrow.schema.comparison;

import java.util.List;

/**
 * In what two schemas differ: the one that is expected and the one that is there. They may be of
 * one backend, as what migrations make and what a database has, or of two.
 *
 * <p>Within one backend everything is compared as the backend words it. Across backends types are
 * compared by {@link TypeEquivalence}, names without regard to the case of A to Z (a name that
 * differs in case alone is a difference of the name), and expressions where they are constants or
 * plainly the same; what would be a guess is in {@code notCompared}. These are never compared
 * across backends: the null order of indexes, whether a generated column is stored, whether a
 * column of the primary key is nullable (in PostgreSQL it never is), and names of constraints that
 * SQLite was given none for. A sequence that a column owns belongs to the column.
 *
 * <p>An object is found again by its name, else by what it consists of; so a renamed constraint or
 * index is one difference, of its name. A renamed column is one missing and one unexpected.
 *
 * <p>Two schemas of PostgreSQL with different names are compared as if they had one name. Text that
 * the server prints, such as a default, should be read with the schema on the {@code search_path},
 * as {@code LiveSchema} does.
 *
 * <p><em>Immutable.</em>
 *
 * @param differences the differences: tables in order of name, then views, triggers, sequences and
 *     the rest
 * @param notCompared what was not compared
 * @since 0.1
 */
public record SchemaComparison(List<Difference> differences, List<NotCompared> notCompared) {

  /** Copies the lists. */
  public SchemaComparison {
    differences = List.copyOf(differences);
    notCompared = List.copyOf(notCompared);
  }

  /** Compares two schemas. Nothing fails. */
  public static SchemaComparison of(Side expected, Side actual) {
    Findings findings = new Findings(expected, actual);
    new TablesComparer(findings).compare();
    new ObjectsComparer(findings).compare();
    return findings.finished();
  }

  /**
   * Returns whether no difference was found. Across backends {@code notCompared} may still hold
   * something.
   */
  public boolean identical() {
    return differences.isEmpty();
  }

  /** Returns the comparison for people: a line for each finding and one that counts them. */
  public String text() {
    StringBuilder text = new StringBuilder();
    differences.forEach(difference -> text.append(difference.text()).append('\n'));
    notCompared.forEach(open -> text.append(open.text()).append('\n'));
    return text.append(differences.isEmpty() ? "no" : differences.size())
        .append(differences.size() == 1 ? " difference, " : " differences, ")
        .append(notCompared.size())
        .append(" not compared\n")
        .toString();
  }
}
