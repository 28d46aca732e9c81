package dev.outgrow.codegen.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What generated source needs so that it compiles without a warning, and is the same whichever JDK
 * made it.
 */
final class Tidy {
  private static final String NULLABLE = "org.jspecify.annotations.Nullable";

  // jOOQ names one category more where it runs on 21 or later.
  private static final Pattern SUPPRESSED =
      Pattern.compile("@SuppressWarnings\\(\\{ \"all\"[^}]*}\\)");
  private static final String ALL =
      "@SuppressWarnings({ \"all\", \"unchecked\", \"rawtypes\", \"this-escape\" })";

  // An annotation of a type's use stands right before the name, and before an array's brackets.
  private static final String TYPE = "((?:[\\w$]+\\.)*)([\\w$]+(?:<[^>\\n]*>)?)((?:\\[])*)";
  private static final Pattern BEFORE_METHOD =
      Pattern.compile("(?m)^( +)@Nullable\\n +public " + TYPE + " ");
  private static final Pattern BEFORE_TYPE = Pattern.compile("@Nullable " + TYPE + " ");

  // In a comment, too, Java reads what follows as the number of a character.
  private static final Pattern ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u");

  private Tidy() {}

  /** Returns files by their paths, with what belongs to them. */
  static Map<String, String> all(Map<String, String> files) {
    Map<String, String> tidy = new TreeMap<>();
    files.forEach((path, text) -> tidy.put(path, one(text)));
    if (files.values().stream().anyMatch(text -> text.contains("import " + NULLABLE + ";"))) {
      for (String path : files.keySet()) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        if (folder.endsWith("/pojos/") || folder.endsWith("/records/")) {
          tidy.computeIfAbsent(folder + "package-info.java", file -> packageInfo(folder));
        }
      }
    }
    return tidy;
  }

  private static String one(String source) {
    String text = source.replace("\r\n", "\n");
    text = SUPPRESSED.matcher(text).replaceAll(ALL);
    text = ESCAPE.matcher(text).replaceAll("$1\\\\\\\\u");
    text = BEFORE_METHOD.matcher(text).replaceAll(found -> method(found.group(1), typed(found, 2)));
    text = BEFORE_TYPE.matcher(text).replaceAll(found -> quoted(typed(found, 1) + " "));
    return text.stripTrailing() + "\n";
  }

  private static String method(String indent, String type) {
    return quoted(indent + "public " + type + " ");
  }

  private static String typed(java.util.regex.MatchResult found, int first) {
    String qualifier = found.group(first);
    String name = found.group(first + 1);
    String brackets = found.group(first + 2);
    return brackets.isEmpty()
        ? qualifier + "@Nullable " + name
        : qualifier + name + " @Nullable " + brackets;
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private static String packageInfo(String folder) {
    String name = folder.substring(0, folder.length() - 1).replace('/', '.');
    String what = folder.endsWith("/pojos/") ? "Rows as values." : "Rows that jOOQ keeps track of.";
    return """
        /**
         * %s Made by Outgrow from migrations; changes are lost.
         */
        @org.jspecify.annotations.NullMarked
        package %s;
        """
        .formatted(what, name);
  }
}
