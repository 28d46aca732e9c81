package dev.outgrow.importer.copy;

/**
 * A buffer that goes round between the thread that fills it and the one that sends it; it has one
 * owner at a time. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Chunk {
  private final byte[] bytes;
  private int length;

  /** Makes an empty chunk of a size in bytes. */
  public Chunk(int size) {
    this.bytes = new byte[size];
  }

  /** Returns the bytes; those before {@link #length()} are filled. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes are filled. */
  public int length() {
    return length;
  }

  /** Says how many bytes are filled. */
  void fill(int filled) {
    this.length = filled;
  }
}
