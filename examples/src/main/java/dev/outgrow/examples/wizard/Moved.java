package dev.outgrow.examples.wizard;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The move that the application has made from a SQLite file to the PostgreSQL it runs on.
 *
 * <p><em>Immutable.</em>
 *
 * @param file the file it has left
 * @param there whether that is still in its place
 * @param anew where a new file would be made, beside it
 * @param when when its rows were carried; empty where nobody knows any more
 * @param confirmation the name of the database, which is typed before the application leaves it
 * @param shown the database for people, without a credential
 * @param decided what was decided of the rows on the way
 * @since 0.1
 */
public record Moved(
    Path file,
    boolean there,
    Path anew,
    Optional<Instant> when,
    String confirmation,
    String shown,
    Choices decided) {
  /** Returns what people call the file. */
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** Returns what people would call the new one. */
  public String newName() {
    return String.valueOf(anew.getFileName());
  }
}
