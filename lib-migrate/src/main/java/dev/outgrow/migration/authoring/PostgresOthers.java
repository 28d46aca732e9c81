package dev.outgrow.migration.authoring;

import static dev.outgrow.migration.authoring.PostgresSql.quote;

import dev.outgrow.migration.authoring.ChangeDraft.Phase;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.NamedObject.Kind;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes types, routines and exclusion constraints of PostgreSQL, and names all that is left. */
final class PostgresOthers {
  private static final Pattern WORD = Pattern.compile(", ('(?:[^']|'')*')");
  private static final Set<Kind> ROUTINES = Set.of(Kind.FUNCTION, Kind.PROCEDURE);

  private final ChangeDraft draft;
  private final Named<NamedObject> others;
  private final Schema wanted;

  PostgresOthers(ChangeDraft draft, Schema now, Schema wanted) {
    this.draft = draft;
    this.wanted = wanted;
    this.others =
        Named.of(
            now.others(),
            wanted.others(),
            other -> Arrays.asList(other.kind(), other.table(), other.name()),
            NamedObject::equals);
  }

  void write() {
    if (Stream.concat(others.added().stream(), others.changed().stream().map(Named.Pair::wanted))
        .anyMatch(other -> ROUTINES.contains(other.kind()))) {
      // A body may name what only comes behind it.
      draft.add(Phase.PREPARE, "SET LOCAL check_function_bodies = off");
    }
    others.added().forEach(this::create);
    others.changed().forEach(this::change);
    others.gone().forEach(this::drop);
  }

  private void create(NamedObject other) {
    switch (other.kind()) {
      case ENUM ->
          draft.add(
              Phase.TYPE,
              "CREATE TYPE " + quote(other.name()) + " AS ENUM (" + other.definition() + ")");
      case FUNCTION, PROCEDURE -> routine(other);
      case EXCLUSION ->
          draft.add(Phase.CONSTRAINT, constraint(other, "ADD", " " + other.definition()));
      default -> notWritten(other, "is wanted and not there");
    }
  }

  /** One that a table uses has to be there before it; else it may use tables itself. */
  private void routine(NamedObject other) {
    String name = Identifier.folded(bareName(other));
    boolean used =
        wanted.tables().stream()
            .flatMap(PostgresOthers::expressions)
            .anyMatch(expression -> Mentions.any(expression, Set.of(name)));
    draft.add(used ? Phase.EARLY_ROUTINE : Phase.ROUTINE, other.definition().stripTrailing());
  }

  private static Stream<String> expressions(Table table) {
    return Stream.of(
            table.columns().stream().map(Column::defaultValue),
            table.columns().stream()
                .map(Column::generated)
                .filter(Objects::nonNull)
                .map(Generated::expression),
            table.checks().stream().map(Check::expression),
            table.indexes().stream()
                .flatMap(
                    index ->
                        Stream.concat(
                            Stream.ofNullable(index.predicate()),
                            index.parts().stream()
                                .flatMap(p -> Stream.ofNullable(p.expression())))))
        .flatMap(texts -> texts)
        .filter(Objects::nonNull);
  }

  private void change(Named.Pair<NamedObject> pair) {
    NamedObject other = pair.wanted();
    if (ROUTINES.contains(other.kind())) {
      routine(other);
    } else if (other.kind() == Kind.EXCLUSION) {
      draft.add(Phase.DROP_CONSTRAINT, constraint(pair.now(), "DROP", ""));
      create(other);
    } else if (other.kind() == Kind.ENUM
        && other.definition().startsWith(pair.now().definition() + ", ")) {
      Matcher words = WORD.matcher(other.definition().substring(pair.now().definition().length()));
      while (words.find()) {
        draft.add(
            Phase.TYPE,
            "ALTER TYPE " + quote(other.name()) + " ADD VALUE " + words.group(1),
            "a word that is new cannot be used before its migration has ended.");
      }
    } else {
      notWritten(other, "differs");
    }
  }

  private void drop(NamedObject other) {
    switch (other.kind()) {
      case ENUM -> draft.add(Phase.ROUTINE, "DROP TYPE " + quote(other.name()));
      case FUNCTION -> draft.add(Phase.ROUTINE, "DROP FUNCTION " + signature(other));
      case PROCEDURE -> draft.add(Phase.ROUTINE, "DROP PROCEDURE " + signature(other));
      case EXCLUSION -> {
        if (wanted.table(String.valueOf(other.table())).isPresent()) {
          draft.add(Phase.DROP_CONSTRAINT, constraint(other, "DROP", ""));
        }
      }
      default -> notWritten(other, "is there and not wanted");
    }
  }

  private static String bareName(NamedObject routine) {
    return routine.name().substring(0, routine.name().indexOf('('));
  }

  private static String signature(NamedObject routine) {
    String name = bareName(routine);
    return quote(name) + routine.name().substring(name.length());
  }

  private static String constraint(NamedObject other, String what, String definition) {
    return "ALTER TABLE "
        + quote(String.valueOf(other.table()))
        + " "
        + what
        + " CONSTRAINT "
        + quote(other.name())
        + definition;
  }

  private void notWritten(NamedObject other, String how) {
    draft.notWritten("The " + other.kind().title() + " " + other.name() + " " + how + ".");
  }
}
