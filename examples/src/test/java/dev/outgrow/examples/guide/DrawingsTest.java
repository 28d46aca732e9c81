package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/** The drawings stand for themselves, are read aloud, and are seen by light and dark. */
class DrawingsTest {
  @Test
  void eachStandsForItself() throws Exception {
    List<Path> drawings =
        Pages.files(Pages.ROOT.resolve("docs"), file -> file.toString().endsWith(".svg"));

    assertThat(drawings).hasSizeGreaterThanOrEqualTo(4);
    for (Path drawing : drawings) {
      check(drawing, Pages.read(drawing));
    }
  }

  private static void check(Path file, String text) throws Exception {
    Document document = XmlBlocks.parse(text);
    Element svg = document.getDocumentElement();
    assertThat(svg.getTagName()).as("%s", file).isEqualTo("svg");
    assertThat(svg.getAttribute("role")).as("%s", file).isEqualTo("img");
    assertThat(svg.getAttribute("viewBox")).as("%s", file).isNotEmpty();
    assertThat(svg.getAttribute("aria-labelledby")).as("%s", file).isEqualTo("title desc");
    for (String part : List.of("title", "desc")) {
      assertThat(document.getElementsByTagName(part).getLength()).as("%s", file).isEqualTo(1);
      assertThat(document.getElementsByTagName(part).item(0).getTextContent()).isNotBlank();
    }
    assertThat(text).as("%s", file).contains("prefers-color-scheme: dark");
    assertThat(text.length()).as("%s", file).isLessThan(12_000);
    nothingFromOutside(file, document, text);
  }

  private static void nothingFromOutside(Path file, Document document, String text) {
    assertThat(text)
        .as("%s", file)
        .doesNotContain("<script", "<image", "<foreignObject", "@import", "@font-face", "data:")
        .doesNotContainPattern("url\\((?!#)");
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      NamedNodeMap attributes = all.item(i).getAttributes();
      for (int j = 0; j < attributes.getLength(); j++) {
        String name = attributes.item(j).getNodeName();
        String value = attributes.item(j).getNodeValue();
        assertThat(name).as("%s", file).doesNotStartWith("on");
        assertThat(name.endsWith("href") && !value.startsWith("#")).as("%s", file).isFalse();
        assertThat(value.contains("//") && !name.startsWith("xmlns")).as("%s", file).isFalse();
      }
    }
  }
}
