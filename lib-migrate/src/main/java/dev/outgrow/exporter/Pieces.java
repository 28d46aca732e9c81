package dev.outgrow.exporter;

import java.io.IOException;
import java.sql.SQLException;

/** Bytes that come one after the other. <em>Not thread-safe.</em> */
@FunctionalInterface
interface Pieces {
  /** Where no row has values of this kind. */
  Pieces NONE =
      (into, offset, length) -> {
        throw new IllegalStateException("No row here has values in pieces");
      };

  /** Reads as many as are asked for. */
  void read(byte[] into, int offset, int length) throws IOException, SQLException;
}
