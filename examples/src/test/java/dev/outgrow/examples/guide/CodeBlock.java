package dev.outgrow.examples.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of code on a page.
 *
 * @param page the page, as seen from the project's folder
 * @param line the line of its fence, from 1
 * @param language what the fence says; empty where it says nothing
 * @param exitCode how its commands end, which a comment {@code <!-- exit N -->} above it says
 * @param text what stands between the fences, without their indent
 * @param printedBy the test that prints the part of the page in which it stands; empty if none does
 */
record CodeBlock(
    String page, int line, String language, int exitCode, String text, String printedBy) {
  private static final Pattern FENCE = Pattern.compile(" *```(\\S*) *");
  private static final Pattern EXIT = Pattern.compile("<!-- exit (\\d) -->");
  private static final Pattern PRINTED = Pattern.compile("<!-- printed by (\\w+) -->");

  /** Returns where it stands, as a compiler would say. */
  String place() {
    return page + ":" + line;
  }

  /** Returns all blocks of a page, in their order. */
  static List<CodeBlock> of(String page, String markdown) {
    List<String> lines = markdown.lines().toList();
    List<CodeBlock> blocks = new ArrayList<>();
    String printedBy = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher printed = PRINTED.matcher(lines.get(i));
      printedBy =
          printed.matches()
              ? printed.group(1)
              : lines.get(i).equals("<!-- end -->") ? "" : printedBy;
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = end(page, lines, i);
        String text = String.join("\n", lines.subList(i + 1, end)).stripIndent();
        int exit = i == 0 ? 0 : exit(lines.get(i - 1));
        blocks.add(new CodeBlock(page, i + 1, fence.group(1), exit, text, printedBy));
        i = end;
      }
    }
    return blocks;
  }

  private static int end(String page, List<String> lines, int begin) {
    for (int i = begin + 1; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```")) {
        return i;
      }
    }
    throw new AssertionError(page + ":" + (begin + 1) + ": this block has no end");
  }

  private static int exit(String above) {
    Matcher exit = EXIT.matcher(above);
    return exit.matches() ? Integer.parseInt(exit.group(1)) : 0;
  }
}
