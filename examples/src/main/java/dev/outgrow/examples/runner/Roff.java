package dev.outgrow.examples.runner;

/** Writes a page in the language of man: the little of it that a manual page takes. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  Roff(String name, int section, String source, String manual) {
    macro("TH " + name + " " + section + " \"\" \"" + source + "\" \"" + manual + "\"");
    macro("nh"); // names are typed as they stand
    macro("ad l");
  }

  Roff section(String title) {
    return macro("SH \"" + escaped(title) + "\"");
  }

  Roff subsection(String title) {
    return macro("SS \"" + escaped(title) + "\"");
  }

  Roff paragraph(String text) {
    return macro("PP").text(text);
  }

  /** A term and, indented, what it means. */
  Roff item(String term, String text) {
    return macro("TP").line(bold(term)).text(text);
  }

  /** Lines that stay as they are. */
  Roff lines(Iterable<String> lines) {
    macro("PP").macro("nf");
    lines.forEach(this::text);
    return macro("fi");
  }

  private Roff text(String text) {
    return line(escaped(text));
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  /** A line that began with a dot or a quote would be a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private Roff macro(String request) {
    return line("." + request);
  }

  private Roff line(String line) {
    page.append(line).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
