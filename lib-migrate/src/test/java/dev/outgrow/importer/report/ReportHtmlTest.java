package dev.outgrow.importer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.mapping.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportHtmlTest {
  @Test
  void hasEverythingAPersonWantsToKnow() throws Exception {
    Document page = parse(ReportHtml.of(HtmlReports.full("plays", 3), Set.of()));

    assertThat(headings(page))
        .containsExactly(
            "Report of an import",
            "Time line",
            "Tables",
            "Differences (the first of each table)",
            "Not carried",
            "Rejected (the first of 3)",
            "Changed types",
            "Renamed",
            "Carried, but answers not compared",
            "Left out");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("12,345", "loaded", "survey", "1.3 s, from 700 ms", "why plays", "before_plays");
  }

  @Test
  void drawsBarsInProportion() throws Exception {
    Document page = parse(ReportHtml.of(HtmlReports.full("plays", 3), Set.of()));

    assertThat(styles(page))
        .contains("margin-left:0.00%;width:35.00%", "margin-left:35.00%;width:65.00%")
        .allMatch(s -> s.matches("(margin-left:[0-9.]+%;)?width:(100|[0-9]{1,2})\\.[0-9]{2}%"));
  }

  @Property
  void staysWellFormedAndShowsNamesAsTextWhateverTheyAre(@ForAll("names") String name)
      throws Exception {
    String plain = ReportHtml.of(HtmlReports.full("plain", 2), Set.of());
    String hostile = ReportHtml.of(HtmlReports.full(name, 2), Set.of());

    Document page = parse(hostile);
    // An element, or an attribute, that a name could bring in would be one more.
    assertThat(skeleton(page).replace("span none", "bdi name"))
        .isEqualTo(skeleton(parse(plain)).replace("span none", "bdi name"));
  }

  @Test
  void showsWhatABrowserWouldHide() throws Exception {
    String html =
        ReportHtml.of(HtmlReports.full("a\n\u0000\u007F\u202Eb\uFFFF\uD800", 1), Set.of());

    assertThat(parse(html).getDocumentElement().getTextContent())
        .contains("a␊␀␡⟨U+202E⟩b⟨U+FFFF⟩⟨U+D800⟩");
  }

  @Test
  void forbidsEverythingButItsOwnStyle() throws Exception {
    String html = ReportHtml.of(HtmlReports.full("<script>alert(1)</script>", 1), Set.of());
    Document page = parse(html);

    assertThat(html).contains("default-src 'none'".replace("'", "&#39;"));
    for (String element :
        List.of("script", "link", "img", "iframe", "object", "a", "base", "form")) {
      assertThat(page.getElementsByTagName(element).getLength()).as(element).isZero();
    }
    assertThat(html.toLowerCase(Locale.ROOT)).doesNotContain("url(", "@import", "http:", "https:");
  }

  @Test
  void everyTableHasACaptionAndScopes() throws Exception {
    Document page = parse(ReportHtml.of(HtmlReports.full("t", 2), Set.of()));

    NodeList tables = page.getElementsByTagName("table");
    assertThat(tables.getLength()).isEqualTo(8);
    for (Element table : elements(tables)) {
      assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
      assertThat(elements(table.getElementsByTagName("th")))
          .allMatch(th -> th.hasAttribute("scope"));
    }
  }

  @Test
  void tellsTheVerdictInWordsAndNotByColourAlone() throws Exception {
    assertThat(verdict(HtmlReports.full("t", 1), Set.of()))
        .isEqualTo("bad NOT verified; the target is as it was");
    assertThat(verdict(HtmlReports.sound(), Set.of()))
        .isEqualTo("fair verified; 1 thing stayed behind: 1 foreign-key");
    assertThat(verdict(HtmlReports.sound(), Set.of(Kind.FOREIGN_KEY))).isEqualTo("good verified");
  }

  @Test
  void takesThreeHundredTables() throws Exception {
    Document page = parse(ReportHtml.of(HtmlReports.full("t", 300), Set.of()));

    assertThat(elements(page.getElementsByTagName("tr"))).hasSizeGreaterThan(300);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("300 tables, of which the 20 that took longest");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(63),
        Arbitraries.strings().withChars("<>&\"'/= \n\u202E\u2028]-!").ofMaxLength(20),
        Arbitraries.of(
            "",
            "<script>alert(1)</script>",
            "</style><script>alert(1)</script>",
            "\" onmouseover=\"alert(1)",
            "]]><!--",
            "שלום עולם",
            "漢字".repeat(10),
            "\uD83D\uDE00\uD83D\uDE00"));
  }

  private static String verdict(ImportReport report, Set<Kind> accepted) throws Exception {
    Document page = parse(ReportHtml.of(report, accepted));
    Element verdict =
        elements(page.getElementsByTagName("p")).stream()
            .filter(p -> p.getAttribute("class").startsWith("verdict"))
            .findFirst()
            .orElseThrow();
    return verdict.getAttribute("class").replace("verdict ", "") + " " + verdict.getTextContent();
  }

  private static List<String> headings(Document page) {
    return elements(page.getElementsByTagName("*")).stream()
        .filter(e -> e.getTagName().matches("h[1-6]"))
        .map(Element::getTextContent)
        .toList();
  }

  private static List<String> styles(Document page) {
    return elements(page.getElementsByTagName("span")).stream()
        .filter(e -> e.hasAttribute("style"))
        .map(e -> e.getAttribute("style"))
        .toList();
  }

  /** Every element with its class and the number of its attributes. */
  private static String skeleton(Document page) {
    StringBuilder all = new StringBuilder();
    for (Element e : elements(page.getElementsByTagName("*"))) {
      all.append(e.getTagName()).append(' ').append(e.getAttribute("class")).append(' ');
      all.append(e.getAttributes().getLength()).append('\n');
    }
    return all.toString();
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static Document parse(String html)
      throws ParserConfigurationException, SAXException, IOException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
