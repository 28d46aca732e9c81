package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.CellStream;

/** Pieces, one after the other. */
final class PieceStream extends CellStream {
  private final Pieces pieces;
  private byte[] piece = {};
  private int position;
  private boolean ended;

  PieceStream(Pieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    while (position == piece.length && !ended) {
      byte[] next = pieces.next();
      ended = next == null;
      piece = next == null ? piece : next;
      position = next == null ? position : 0;
    }
    if (ended) {
      return -1;
    }
    int part = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, into, offset, part);
    position += part;
    return part;
  }

  @Override
  public void close() {
    pieces.close();
  }
}
