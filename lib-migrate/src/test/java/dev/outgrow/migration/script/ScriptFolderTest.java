package dev.outgrow.migration.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts are found where they lie, and nothing else is taken for one. */
class ScriptFolderTest {
  @TempDir private Path folder;

  @Test
  void scriptsInAPluginsJarAreRead() throws IOException {
    Path jar = folder.resolve("plug in.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : List.of("db/", "db/clips/", "db/clips/deeper/")) {
        entries.putNextEntry(new JarEntry(name));
      }
      put(entries, "db/clips/V1__a.sql", "SELECT 'é'");
      put(entries, "db/clips/V1__a.sql.conf", "executeInTransaction=false");
      put(entries, "db/clips/readme.txt", "not one");
      put(entries, "db/clips/deeper/V2__b.sql", "SELECT 2");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      ScriptFolder clips = new ScriptFolder("db/clips", loader);
      assertThat(clips.exists()).isTrue();
      assertThat(clips.read()).hasSize(1);
      assertThat(clips.read().get(0).file()).isEqualTo("V1__a.sql");
      assertThat(clips.read().get(0).text()).isEqualTo("SELECT 'é'");
      assertThat(clips.read().get(0).settings()).isEqualTo("executeInTransaction=false");
      assertThat(clips.child("deeper").read()).hasSize(1);
      assertThat(clips.child("nowhere").exists()).isFalse();
    }
  }

  private static void put(JarOutputStream entries, String name, String text) throws IOException {
    entries.putNextEntry(new JarEntry(name));
    entries.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Files.write(folder.resolve("V1__a.sql"), new byte[] {'-', '-', (byte) 0xe9});
    ScriptFolder here =
        new ScriptFolder("filesystem:" + folder, ScriptFolderTest.class.getClassLoader());
    assertThatThrownBy(here::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aNameSaysWhatItIs() {
    assertThat(ScriptName.of("V1_2__add_albums.sql"))
        .extracting(ScriptName::kind, ScriptName::description)
        .containsExactly(ScriptName.Kind.VERSIONED, "add albums");
    assertThat(ScriptName.of("V1_2__x.sql").version()).hasToString("1.2");
    assertThat(ScriptName.of("R__x.sql").kind()).isEqualTo(ScriptName.Kind.REPEATABLE);
    for (String bad :
        List.of(
            "V0__x.sql", "V__x.sql", "R1__x.sql", "V1.sql", "v1__x.sql", "V1..2__x.sql", "x.sql")) {
      assertThatThrownBy(() -> ScriptName.of(bad))
          .as(bad)
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void versionsAreComparedNumberByNumber() {
    assertThat(version("1.0")).isEqualTo(version("1")).isEqualTo(version("001"));
    assertThat(version("10")).isGreaterThan(version("9"));
    assertThat(version("1.10")).isGreaterThan(version("1.9.9"));
    assertThat(version("20261121120000")).isGreaterThan(version("2026.11"));
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
