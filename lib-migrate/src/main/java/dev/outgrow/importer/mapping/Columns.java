package dev.outgrow.importer.mapping;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.translate.Literal;
import dev.outgrow.importer.translate.Literals;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the columns of a table, and says what of them does not go along. */
final class Columns {
  private final SourceTable table;
  private final Scope scope;
  private final Names names;
  private final TypeMap types;
  private final Findings findings;
  private final Map<String, String> expressions;

  private Columns(SourceTable table, Scope scope, Names names, TypeMap types, Findings findings) {
    this.table = table;
    this.scope = scope;
    this.names = names;
    this.types = types;
    this.findings = findings;
    this.expressions = Expressions.of(table, scope, findings);
  }

  static List<ColumnMapping> of(
      SourceTable table, Scope scope, Names names, TypeMap types, Findings findings) {
    Columns columns = new Columns(table, scope, names, types, findings);
    List<ColumnMapping> mapped = new ArrayList<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      mapped.add(columns.map(i));
    }
    return mapped;
  }

  private ColumnMapping map(int position) {
    Column column = table.table().columns().get(position);
    TypeChoice choice = types.choice(table, position);
    reportType(column, choice);
    reportCollation(position, column);
    return new ColumnMapping(
        column.name(),
        names.column(table, position),
        choice.type(),
        isNotNull(column, table.profiles().get(position)),
        plainDefault(column, choice),
        computedDefault(column, choice),
        column.identity() != Identity.NONE,
        generated(column),
        choice.reading());
  }

  private void reportType(Column column, TypeChoice choice) {
    if (!choice.asDeclared()) {
      findings.changedType(
          new ChangedType(
              table.name(), column.name(), column.type(), choice.type().sql(), choice.why()));
    }
  }

  /** Keys, indexes and checks keep a collation that can be folded; queries have to ask for it. */
  private void reportCollation(int position, Column column) {
    String collation = column.collation();
    if (collation == null) {
      return;
    }
    Collating collating = new Collating(table, scope);
    Collating.Effect effect = collating.effect(position, collation);
    if (effect == Collating.Effect.NONE) {
      return;
    }
    findings.notCarried(
        Kind.COLLATION,
        nameOf(column),
        effect == Collating.Effect.FOLDED
            ? collation
                + " is kept by keys, indexes and checks; a query compares exactly unless it says "
                + collating.folded(position, collation)
            : "Collation " + collation + ": compared exactly in PostgreSQL");
  }

  private ColumnMapping.@Nullable Generated generated(Column column) {
    Generated generated = column.generated();
    String sql = expressions.get(column.name());
    return generated == null || sql == null
        ? null
        : new ColumnMapping.Generated(sql, generated.expression());
  }

  private boolean isNotNull(Column column, ColumnProfile profile) {
    if (column.nullable()) {
      return false;
    }
    if (profile.holds(StorageClass.NULL)) {
      findings.notCarried(
          Kind.NOT_NULL,
          nameOf(column),
          "Declared NOT NULL, but it holds nulls: " + profile.describe());
      return false;
    }
    return true;
  }

  private @Nullable String plainDefault(Column column, TypeChoice choice) {
    TargetType type = choice.type();
    String declared = declaredDefault(column);
    Optional<Literal> literal = declared == null ? Optional.empty() : Literals.parse(declared);
    if (literal.isEmpty() || literal.get() instanceof Literal.Null) {
      return null;
    }
    if (!choice.reading().isStored()) {
      return ruledDefault(column, literal.get(), choice, declared);
    }
    Optional<String> sql = DefaultRule.sql(literal.get(), type);
    if (sql.isEmpty()) {
      findings.notCarried(
          Kind.DEFAULT,
          nameOf(column),
          "Not a value of type " + type.sql() + ": DEFAULT " + declared);
    }
    return sql.orElse(null);
  }

  private @Nullable String ruledDefault(
      Column column, Literal literal, TypeChoice choice, @Nullable String declared) {
    if (choice.reading().emptyIsNull() && literal.equals(new Literal.Text(""))) {
      return null; // which is what a column without a default has
    }
    try {
      return RuledDefaults.sql(
          literal,
          choice.type(),
          choice.reading(),
          (row, reason) -> new ValueException(table.name(), column.name(), row.key(), reason, ""));
    } catch (ValueException e) {
      findings.notCarried(
          Kind.DEFAULT,
          nameOf(column),
          "Its rule has no value for it, because " + e.reason() + ": DEFAULT " + declared);
      return null;
    }
  }

  private @Nullable String computedDefault(Column column, TypeChoice choice) {
    String declared = declaredDefault(column);
    if (declared == null || Literals.parse(declared).isPresent()) {
      return null;
    }
    Translation translation = RuledDefaults.computed(declared, choice.type(), choice.reading());
    if (translation instanceof Translation.Sql sql) {
      return sql.text();
    }
    findings.notCarried(
        Kind.DEFAULT, nameOf(column), Findings.why(translation) + ": DEFAULT " + declared);
    return null;
  }

  /** SQLite ignores a default of the rowid, and PostgreSQL refuses one of an identity. */
  private static @Nullable String declaredDefault(Column column) {
    return column.identity() == Identity.NONE ? column.defaultValue() : null;
  }

  private String nameOf(Column column) {
    return table.name() + "." + column.name();
  }
}
