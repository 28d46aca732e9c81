package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Landing.Keeping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Trait;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of the table that says how values get into a column of a type that others chose. The
 * first line for the type decides; the last one is for all.
 *
 * @param types the types it is for, without limits and domains
 * @param categories the server's letters for kinds of types it is for
 * @param staged the type in the staging table
 * @param trait what every value has to be
 * @param keeping what the column keeps of it
 * @param proven whether the trait says all; else the server is asked as well
 */
record ColumnFit(
    List<String> types,
    String categories,
    TargetType staged,
    Function<ExistingColumn, Trait> trait,
    Keeping keeping,
    boolean proven) {

  static final List<ColumnFit> ROWS =
      List.of(
          sure("bigint", TargetType.BIGINT, c -> Trait.whole(Long.SIZE)),
          sure("integer", TargetType.BIGINT, c -> Trait.whole(Integer.SIZE)),
          sure("smallint", TargetType.BIGINT, c -> Trait.whole(Short.SIZE)),
          sure("double precision", TargetType.DOUBLE_PRECISION, c -> Trait.DOUBLE),
          new ColumnFit(
              List.of("real"),
              "",
              TargetType.DOUBLE_PRECISION,
              c -> Trait.FLOAT,
              Keeping.SPELT_ANEW,
              true),
          sure("numeric", TargetType.NUMERIC, ColumnFit::number),
          asked("money", TargetType.NUMERIC, c -> Trait.number(0, 0)),
          sure("text", TargetType.TEXT, c -> Trait.words(0)),
          sure("character varying", TargetType.TEXT, c -> Trait.words(c.characters())),
          new ColumnFit(
              List.of("character", "bpchar"),
              "",
              TargetType.TEXT,
              c -> Trait.words(c.characters()),
              Keeping.BUT_BLANKS,
              true),
          sure("bytea", TargetType.BYTEA, c -> Trait.ANYTHING),
          sure("boolean", TargetType.BOOLEAN, c -> Trait.BOOLEAN),
          sure("uuid", TargetType.UUID, c -> Trait.ANY_UUID),
          sure("json", TargetType.JSON, c -> Trait.JSON),
          new ColumnFit(
              List.of("jsonb"), "", TargetType.JSON, c -> Trait.JSON, Keeping.SPELT_ANEW, false),
          asked("date", TargetType.DATE, c -> Trait.DAY),
          asked("time without time zone", TargetType.TIME, c -> Trait.CLOCK),
          asked("timestamp without time zone", TargetType.TIMESTAMP, c -> Trait.LOCAL),
          asked("timestamp with time zone", TargetType.TIMESTAMPTZ, c -> Trait.INSTANT),
          new ColumnFit(
              List.of(), "ENSV", TargetType.TEXT, c -> Trait.words(0), Keeping.EXACTLY, false),
          new ColumnFit(
              List.of(), "", TargetType.TEXT, c -> Trait.words(0), Keeping.SPELT_ANEW, false));

  static ColumnFit of(ExistingColumn column) {
    return ROWS.stream().filter(r -> r.isFor(column)).findFirst().orElseThrow();
  }

  Trait traitFor(ExistingColumn column) {
    return trait.apply(column);
  }

  /** A type's own name says everything that a trait can; what a domain asks, only the server. */
  Landing landing(ExistingColumn column) {
    boolean surely = (proven && !column.domain()) || staged.sql().equals(column.type());
    return new Landing(staged, column.type(), keeping, surely);
  }

  /**
   * What a rule reads is staged in the column's own type if that can be written, so that the rule
   * keeps to its limits: a number may be rounded only where the rule says so.
   */
  Landing ruled(ExistingColumn column) {
    Optional<TargetType> own =
        TargetType.ofSql(column.type()).or(() -> TargetType.ofSql(column.base()));
    TargetType type = own.orElse(staged);
    Keeping kept = own.isPresent() ? Keeping.EXACTLY : keeping;
    return new Landing(type, column.type(), kept, type.sql().equals(column.type()));
  }

  private boolean isFor(ExistingColumn column) {
    return types.contains(column.base())
        || categories.indexOf(column.category()) >= 0
        || (types.isEmpty() && categories.isEmpty());
  }

  private static Trait number(ExistingColumn column) {
    return Trait.number(column.digits(), column.digits() == 0 ? 0 : column.decimals());
  }

  private static ColumnFit sure(
      String type, TargetType staged, Function<ExistingColumn, Trait> trait) {
    return new ColumnFit(List.of(type), "", staged, trait, Keeping.EXACTLY, true);
  }

  private static ColumnFit asked(
      String type, TargetType staged, Function<ExistingColumn, Trait> trait) {
    return new ColumnFit(List.of(type), "", staged, trait, Keeping.EXACTLY, false);
  }
}
