package dev.outgrow.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the guide shows of the plugin is what {@link MavenRunTest} runs, and all there is. */
class PluginGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  private static String guide() throws IOException {
    return Files.readString(ROOT.resolve("docs/codegen.md"));
  }

  @Test
  void itsPomIsTheOneThatIsRun() throws IOException {
    String pom = Reactor.pom();
    int begin = pom.indexOf("      <plugin>\n        <groupId>dev.outgrow</groupId>");
    String plugin = pom.substring(begin, pom.indexOf("    </plugins>")).stripTrailing();

    assertThat(guide()).contains("```xml\n" + plugin.stripIndent() + "\n```");
  }

  /** By Maven's own description of the plugin, which the build has made. */
  @Test
  void itNamesEveryParameterWithItsProperty() throws Exception {
    Map<String, String> properties = new TreeMap<>();
    try (var descriptor = CodegenMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
      var document = factory.newDocumentBuilder().parse(descriptor);
      NodeList parameters = document.getElementsByTagName("parameter");
      for (int i = 0; i < parameters.getLength(); i++) {
        Element parameter = (Element) parameters.item(i);
        if (text(parameter, "editable").equals("true")) {
          properties.put(text(parameter, "name"), "");
        }
      }
    }

    assertThat(properties)
        .containsKeys("packageName", "chains", "skip")
        .doesNotContainKeys("project", "session");
    String guide = guide();
    assertThat(properties.keySet())
        .allSatisfy(
            name ->
                assertThat(Arrays.asList(guide.split("\n")))
                    .anyMatch(line -> line.startsWith("| `") && line.contains("`" + name + "`")));
  }

  private static String text(Element of, String tag) {
    return of.getElementsByTagName(tag).item(0).getTextContent();
  }
}
