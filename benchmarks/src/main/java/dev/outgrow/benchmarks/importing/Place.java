package dev.outgrow.benchmarks.importing;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be carried where.
 *
 * @param dataset what
 * @param shapes its tables
 * @param file the SQLite file
 * @param folder where a way may write what it needs
 * @param url the database, which is empty
 * @param before what ours carries first in the same process; null if nothing
 */
record Place(
    Dataset dataset,
    List<Shape> shapes,
    Path file,
    Path folder,
    String url,
    @Nullable Before before) {

  /**
   * A file that is carried before.
   *
   * @param file it
   * @param url the database it goes to, which is empty, too
   */
  record Before(Path file, String url) {}

  /** Returns where the rows of a table are, encoded for COPY. */
  Path encoded(Shape shape) {
    return folder.resolve(shape.name() + ".copy");
  }

  /** Returns where the JVM keeps the classes of our own process, from its first run on. */
  Path archive() {
    return folder.resolve("classes.jsa");
  }

  /** Returns where our own process says what it did. */
  Path phases() {
    return folder.resolve("phases");
  }
}
