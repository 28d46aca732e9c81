package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.translate.Literal;
import java.nio.charset.StandardCharsets;

/**
 * A row of one cell that holds a plain value.
 *
 * @param literal the value
 */
record LiteralRow(Literal literal) implements SourceRow {
  @Override
  public StorageClass storageClass(int column) {
    if (literal instanceof Literal.Whole) {
      return StorageClass.INTEGER;
    }
    if (literal instanceof Literal.Real) {
      return StorageClass.REAL;
    }
    if (literal instanceof Literal.Text) {
      return StorageClass.TEXT;
    }
    return literal instanceof Literal.Blob ? StorageClass.BLOB : StorageClass.NULL;
  }

  @Override
  public long integer(int column) {
    return ((Literal.Whole) literal).value();
  }

  @Override
  public double real(int column) {
    return ((Literal.Real) literal).value();
  }

  @Override
  public byte[] bytes(int column) {
    return literal instanceof Literal.Text text
        ? text.value().getBytes(StandardCharsets.UTF_8)
        : ((Literal.Blob) literal).value();
  }

  @Override
  public int columns() {
    return 1;
  }

  @Override
  public String key() {
    return "DEFAULT";
  }
}
