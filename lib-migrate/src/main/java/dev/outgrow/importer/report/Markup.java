package dev.outgrow.importer.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes HTML that is well-formed XML as well. The only place that escapes: nothing gets in but
 * elements, attributes and text.
 *
 * <p>Text stays what it is even where a browser would do something with it: control characters are
 * shown by their pictures, turns of direction and what no document may hold by their numbers.
 */
final class Markup {
  private static final int PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;

  private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names, each with its value behind it
   */
  Markup open(String element, String... attributes) {
    start(element, attributes);
    html.append('>');
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  Markup close() {
    String element = open.pop();
    html.append("</").append(element).append('>');
    if (!element.equals("bdi") && !element.equals("span")) {
      html.append('\n');
    }
    return this;
  }

  /** Writes an element without a content. */
  Markup empty(String element, String... attributes) {
    start(element, attributes);
    html.append("/>\n");
    return this;
  }

  /** Writes an element with a text. */
  Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Writes a text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** Writes a name, which keeps its own direction to itself. */
  Markup name(String name) {
    return name.isEmpty()
        ? element("span", "(empty name)", "class", "none")
        : element("bdi", name, "class", "name");
  }

  /** Writes a style sheet of our own, which may hold nothing that ends it. */
  Markup style(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("A style sheet with markup in it");
    }
    open("style");
    html.append(css);
    return close();
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Still open: " + open);
    }
    return html.toString();
  }

  private void start(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      default -> {
        if (c < ' ') {
          html.appendCodePoint(PICTURES + c);
        } else if (c == 0x7F) {
          html.appendCodePoint(PICTURE_OF_DELETE);
        } else if (isUnshowable(c)) {
          html.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
        } else {
          html.appendCodePoint(c);
        }
      }
    }
  }

  /** Invisible, or not allowed in a document. Joiners stay: whole scripts are written with them. */
  private static boolean isUnshowable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> c != 0x200C && c != 0x200D && c < 0xE0000;
      default -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    };
  }
}
