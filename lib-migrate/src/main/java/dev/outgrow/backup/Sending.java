package dev.outgrow.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Sends a file piece by piece, and proves that it was the right one. */
final class Sending {
  private static final int PIECE = 1 << 16;

  private Sending() {}

  static long send(Backup backup, ReadableByteChannel from, WritableByteChannel to)
      throws IOException {
    MessageDigest digest = FileHash.sha256();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long sent = 0;
    while (from.read(piece) >= 0) {
      piece.flip();
      digest.update(piece.duplicate());
      while (piece.hasRemaining()) {
        sent += to.write(piece);
      }
      piece.clear();
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(backup.manifest().sha256())) {
      throw Proving.altered(backup);
    }
    return sent;
  }
}
