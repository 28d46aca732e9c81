package dev.outgrow.importer.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds the statements in what one connection sends, however it is cut into pieces: a message is
 * its kind, its length, and so much more; the first message alone has no kind.
 */
final class Statements {
  private static final int LENGTH_BYTES = 4;
  private static final int LONGEST = 200;
  private static final int REQUEST = 8;
  private static final char QUERY = 'Q';
  private static final char PARSE = 'P';

  private final Found found;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private boolean first = true;
  private char kind;
  private int head; // bytes of the head that have come
  private int length;
  private int left; // bytes of the message that have not
  private int start;

  /** Is told of a statement before anything behind it is looked at. */
  interface Found {
    /**
     * A statement begins.
     *
     * @param start where in the piece its message begins; 0 if it began in an earlier one
     * @param sql the first 200 bytes of it
     */
    void statement(int start, String sql);
  }

  Statements(Found found) {
    this.found = found;
  }

  /** Looks at the next piece. */
  void take(byte[] bytes, int size) {
    start = 0;
    for (int i = 0; i < size; ) {
      if (left == 0) {
        head(bytes[i], i);
        i++;
      } else {
        int part = Math.min(left, size - i);
        text.write(bytes, i, Math.max(0, Math.min(part, LONGEST - text.size())));
        i += part;
        left -= part;
      }
      if (head > LENGTH_BYTES && left == 0) {
        end();
      }
    }
  }

  private void head(byte next, int at) {
    if (head == 0) {
      start = at;
      length = 0;
      text.reset();
      kind = first ? ' ' : (char) next;
      head = 1;
      if (!first) {
        return;
      }
    }
    length = (length << 8) | (next & 0xff);
    head++;
    if (head > LENGTH_BYTES) {
      left = length - LENGTH_BYTES;
    }
  }

  private void end() {
    head = 0;
    first = first && length == REQUEST; // to encrypt: the first one is still to come
    if (kind == QUERY || kind == PARSE) {
      String all = text.toString(StandardCharsets.UTF_8);
      int from = kind == PARSE ? all.indexOf('\0') + 1 : 0;
      int to = all.indexOf('\0', from);
      found.statement(start, to < 0 ? all.substring(from) : all.substring(from, to));
    }
  }
}
