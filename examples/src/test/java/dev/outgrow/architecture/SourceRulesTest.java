package dev.outgrow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own sources keep the habits, and what does not keep them is found. */
class SourceRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib-core",
        "lib-migrate",
        "lib-query",
        "lib-test",
        "codegen",
        "codegen-maven-plugin",
        "examples",
        "benchmarks"
      })
  void noFileOfOursIsTooLong(String module) {
    assertThat(SourceRules.tooLong(ROOT.resolve(module).resolve("src"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib-core",
        "lib-migrate",
        "lib-query",
        "lib-test",
        "codegen",
        "codegen-maven-plugin"
      })
  void everyPublicTypeMakesItsPromise(String module) {
    assertThat(SourceRules.undocumented(ROOT.resolve(module).resolve("src/main/java"))).isEmpty();
  }

  @Test
  void findsAFileOf501LinesAndLeavesOneOf500(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Short.java"), "// line\n".repeat(500));
    Files.writeString(folder.resolve("Long.java"), "// line\n".repeat(501));

    assertThat(SourceRules.tooLong(folder))
        .containsExactly(folder.resolve("Long.java") + " has 501 lines");
  }

  @Test
  void findsAPublicTypeWithoutAPromiseOrAVersion(@TempDir Path folder) throws IOException {
    assertThat(undocumented(folder, "/** A thing. */ public final class Thing {}"))
        .containsExactly(
            "Thing does not say whether it is thread-safe or immutable",
            "Thing does not say @since when it is there");
  }

  @Test
  void findsAPublicTypeWithoutJavadoc(@TempDir Path folder) throws IOException {
    assertThat(undocumented(folder, "public record Thing() {}")).hasSize(2);
  }

  @Test
  void findsANestedPublicTypeWithoutAPromise(@TempDir Path folder) throws IOException {
    assertThat(
            undocumented(
                folder,
                """
                /** A thing.  <p><em>Immutable.</em> @since 0.1 */
                public interface Thing {
                  /** Public, as every member of an interface is. */
                  class Part {}
                }
                """))
        .containsExactly("Part does not say whether it is thread-safe or immutable");
  }

  @Test
  void leavesEnumsHiddenTypesAndNestedRecordsAlone(@TempDir Path folder) throws IOException {
    assertThat(
            undocumented(
                folder,
                """
                class Hidden { public static class Inner {} }
                public enum Choice { A }
                /** A thing. <p><em>Immutable.</em> @since 0.1 */
                public record Thing(Part part) { public record Part() {} }
                """))
        .isEmpty();
  }

  private static List<String> undocumented(Path folder, String source) throws IOException {
    Files.writeString(folder.resolve("Thing.java"), source);
    return SourceRules.undocumented(folder);
  }
}
