package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.existing.Landing;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.source.Link;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what the server is asked before staged rows go into the tables that are there: whether a
 * column's type takes each value, and whether each foreign key leads somewhere.
 */
final class QuestionSql {
  private static final String AND = " AND ";

  private final ImportNames names;
  private final ExistingMapping mapping;
  private final LandingSql landing;
  private final boolean keepOrphans;
  private final AppendSql append;
  private final Map<Landing, String> functions = new LinkedHashMap<>();

  QuestionSql(ImportNames names, ExistingMapping mapping, boolean keepOrphans) {
    this.names = names;
    this.mapping = mapping;
    this.landing = new LandingSql(names.staging(), names.target());
    this.keepOrphans = keepOrphans;
    this.append = new AppendSql(mapping, landing);
    mapping.tables().stream()
        .flatMap(t -> t.landings().stream())
        .filter(l -> !l.proven())
        .forEach(l -> functions.putIfAbsent(l, "keeps_" + (functions.size() + 1)));
  }

  /**
   * Returns the functions that say of a value whether a type takes and keeps it: a cast alone would
   * end in an error at the first value, and say nothing of the others.
   */
  List<String> functions() {
    List<String> sql = new ArrayList<>();
    functions.forEach((l, name) -> sql.add(function(l, name)));
    return sql;
  }

  private String function(Landing of, String name) {
    String body =
        "BEGIN PERFORM "
            + of.into("$1")
            + "; RETURN "
            + of.kept("$1")
            + "; EXCEPTION WHEN OTHERS THEN RETURN false; END";
    return "CREATE FUNCTION "
        + function(name)
        + "("
        + of.staged().sql()
        + ") RETURNS boolean LANGUAGE plpgsql AS "
        + Dialect.POSTGRESQL.literal(body);
  }

  /** Returns whether the server could have something to say of single rows of a table. */
  boolean concern(LandedTable table) {
    return mapping.appends()
        || table.landings().stream().anyMatch(l -> !l.proven())
        || mapping.keys().stream()
            .filter(k -> !k.notValid())
            .flatMap(k -> Stream.of(mapping.landed(k.table()), mapping.landed(k.referenced())))
            .anyMatch(t -> t.filter(table::equals).isPresent());
  }

  /** Returns the questions about values, each of which types may refuse. */
  List<Question> values() {
    List<Question> questions = new ArrayList<>();
    for (LandedTable table : mapping.tables()) {
      for (int i = 0; i < table.landings().size(); i++) {
        if (!table.landings().get(i).proven()) {
          questions.add(value(table, i));
        }
      }
    }
    if (mapping.appends()) {
      questions.addAll(append.collisions());
    }
    return questions;
  }

  /** Returns the questions about references. They are asked of rows whose values are taken. */
  List<Question> references() {
    List<Question> questions = new ArrayList<>(mapping.appends() ? append.duplicates() : List.of());
    mapping.keys().stream()
        .filter(k -> !k.notValid())
        .filter(k -> !mapping.appends() || mapping.landed(k.table()).isPresent())
        .forEach(k -> reference(k).ifPresent(questions::add));
    return questions;
  }

  private Question value(LandedTable table, int position) {
    Landing of = table.landings().get(position);
    String column = table.mapping().columns().get(position).target();
    String name = table.existing().name() + "." + column;
    String condition =
        (isDomain(table, column) ? "" : "c." + quote(column) + " IS NOT NULL AND ")
            + "NOT "
            + function(functions.getOrDefault(of, ""))
            + "(c."
            + quote(column)
            + ")";
    List<ColumnMapping> key = keyOf(table);
    String from = " FROM " + landing.staged(table) + " AS c WHERE " + condition;
    return new Question(
        "Whether " + of.type() + " keeps every value of " + name,
        "in " + name + " that " + of.type() + " does not keep",
        "SELECT count(*)" + from,
        example(key, from),
        key.stream().map(ColumnMapping::source).toList(),
        condition,
        table.mapping().source(),
        table.mapping().columns().get(position).source(),
        of.type() + " does not keep it",
        null,
        null);
  }

  /** A domain may refuse nulls as well, whatever its columns do. */
  private static boolean isDomain(LandedTable table, String column) {
    return table.existing().columns().stream().anyMatch(c -> c.name().equals(column) && c.domain());
  }

  /**
   * A key of which a column gets its value from the server, or is of a type that an extension
   * brought along with an equality of its own, only the server can check.
   */
  private Optional<Question> reference(ExistingKey key) {
    Optional<LandedTable> child = mapping.landed(key.table());
    Optional<List<String>> referring = values(child, key.columns(), "c");
    Optional<LandedTable> parent = mapping.landed(key.referenced());
    Optional<List<String>> referred = values(parent, key.referencedColumns(), "p");
    if (referring.isEmpty() || referred.isEmpty()) {
      return Optional.empty();
    }
    String rows = orphans(child, referring.get(), key, parent, referred.get());
    Optional<Link> link = mapping.link(key);
    List<ColumnMapping> shown = child.map(QuestionSql::keyOf).orElse(List.of());
    return Optional.of(
        new Question(
            "Whether every reference " + key.describe() + " leads somewhere",
            "that refer to nothing: " + key.describe() + ", foreign key " + key.name(),
            "SELECT count(*)" + rows,
            example(shown, rows),
            shown.stream().map(ColumnMapping::source).toList(),
            "",
            link.map(Link::table).orElse(""),
            "",
            "",
            link.orElse(null),
            keepOrphans ? orphans(key) : null));
  }

  /**
   * As the server does, a reference of which a part is null is let through. Where rows are added to
   * those that are there, these can be referred to as well.
   */
  private String orphans(
      Optional<LandedTable> child,
      List<String> referring,
      ExistingKey key,
      Optional<LandedTable> parent,
      List<String> referred) {
    StringBuilder sql =
        new StringBuilder(" FROM ")
            .append(child.map(landing::staged).orElseGet(() -> quote(key.table())))
            .append(" AS c WHERE ")
            .append(
                referring.stream().map(r -> r + " IS NOT NULL").collect(Collectors.joining(AND)))
            .append(lacking(parent.map(landing::staged), key, referred, referring));
    if (mapping.appends() && parent.isPresent()) {
      List<String> held = key.referencedColumns().stream().map(c -> "p." + quote(c)).toList();
      sql.append(lacking(Optional.empty(), key, held, referring));
    }
    if (mapping.append() == Append.MISSING) {
      child
          .filter(t -> !t.key().isEmpty())
          .ifPresent(t -> sql.append(" AND NOT ").append(append.isThere(t)));
    }
    return sql.toString();
  }

  private static String lacking(
      Optional<String> parent, ExistingKey key, List<String> referred, List<String> referring) {
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < referring.size(); i++) {
      equal.add(referred.get(i) + " = " + referring.get(i));
    }
    return " AND NOT EXISTS (SELECT FROM "
        + parent.orElseGet(() -> quote(key.referenced()))
        + " AS p WHERE "
        + String.join(AND, equal)
        + ")";
  }

  private static NotCarried orphans(ExistingKey key) {
    return new NotCarried(
        Kind.FOREIGN_KEY_VALIDATION, key.describe(), "Made NOT VALID: it holds for new rows only");
  }

  private static String example(List<ColumnMapping> key, String from) {
    return key.isEmpty()
        ? ""
        : "SELECT "
            + key.stream()
                .map(c -> "CAST(c." + quote(c.target()) + " AS text)")
                .collect(Collectors.joining(", "))
            + from
            + " LIMIT 1";
  }

  private static List<ColumnMapping> keyOf(LandedTable table) {
    return table.mapping().primaryKey() == null
        ? List.of()
        : table.mapping().keyPositions().stream().map(table.mapping().columns()::get).toList();
  }

  /** Returns a key's values on one side, in the types of the tables that are there. */
  private static Optional<List<String>> values(
      Optional<LandedTable> table, List<String> columns, String alias) {
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      String value = alias + "." + quote(column);
      if (table.isEmpty()) {
        values.add(value);
      } else {
        int position = table.get().position(column);
        if (position < 0 || table.get().existing().hasOwnEquality(column)) {
          return Optional.empty();
        }
        values.add(table.get().landings().get(position).into(value));
      }
    }
    return Optional.of(values);
  }

  private String function(String name) {
    return Dialect.POSTGRESQL.quote(Identifier.of(names.staging(), name));
  }

  private static String quote(Identifier name) {
    return Dialect.POSTGRESQL.quote(name);
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
