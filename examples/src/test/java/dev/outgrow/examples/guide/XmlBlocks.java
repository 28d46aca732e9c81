package dev.outgrow.examples.guide;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** XML on a page can be read, names versions that this build has, and classes that are there. */
final class XmlBlocks {
  private static final Pattern MANAGED =
      Pattern.compile(
          "<groupId>([^<]*)</groupId>\\s*<artifactId>([^<]*)</artifactId>\\s*<version>([^<]*)<");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]*)}");

  private XmlBlocks() {}

  /** Returns what is wrong with a block. */
  static Optional<String> fault(CodeBlock block) {
    Document document;
    try {
      document = parse("<block>" + block.text() + "</block>");
    } catch (Exception e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
    List<String> known = managed();
    NodeList versions = document.getElementsByTagName("version");
    for (int i = 0; i < versions.getLength(); i++) {
      String artifact = artifact((Element) versions.item(i).getParentNode());
      if (known.stream().noneMatch(each -> isSame(each, artifact))) {
        return Optional.of("the build knows no " + artifact);
      }
    }
    return versions.getLength() > 0 ? Optional.empty() : missingClass(document);
  }

  /** Where it names no artifact, it has to name a class. */
  private static Optional<String> missingClass(Document document) {
    NodeList names = document.getElementsByTagName("name");
    if (names.getLength() == 0) {
      return Optional.of("names neither an artifact nor a class");
    }
    try {
      Class.forName(names.item(0).getTextContent());
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of("there is no class " + names.item(0).getTextContent());
    }
  }

  static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  /** Whether it is managed, by itself or with others of its group by their list. */
  private static boolean isSame(String managed, String artifact) {
    String listed = managed.replaceFirst("-bom(:[^:]*)$", "$1");
    return artifact.equals(managed)
        || (!listed.equals(managed)
            && artifact.startsWith(listed.substring(0, listed.lastIndexOf(':')))
            && artifact.endsWith(listed.substring(listed.lastIndexOf(':'))));
  }

  private static String artifact(Element of) {
    return child(of, "groupId") + ":" + child(of, "artifactId") + ":" + child(of, "version");
  }

  private static String child(Element of, String tag) {
    for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(tag)) {
        return node.getTextContent();
      }
    }
    return "";
  }

  /** The parent's managed artifacts, and the modules themselves. */
  private static List<String> managed() {
    String pom = Pages.text("pom.xml");
    List<String> known = new ArrayList<>();
    Matcher each = MANAGED.matcher(pom);
    while (each.find()) {
      known.add(each.group(1) + ":" + each.group(2) + ":" + resolved(pom, each.group(3)));
    }
    return known;
  }

  private static String resolved(String pom, String version) {
    Matcher property = PROPERTY.matcher(version);
    if (!property.matches()) {
      return version;
    }
    String tag = property.group(1).equals("project.version") ? "version" : property.group(1);
    int begin = pom.indexOf("<" + tag + ">") + tag.length() + 2;
    return pom.substring(begin, pom.indexOf("</", begin));
  }
}
