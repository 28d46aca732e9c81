package dev.outgrow.importer.sqlite;

import org.jspecify.annotations.Nullable;

/** The bytes of one cell in pieces, of any size, that follow each other. */
interface Pieces extends AutoCloseable {

  /** Returns the next piece, or null after the last. */
  byte @Nullable [] next();

  @Override
  void close();
}
