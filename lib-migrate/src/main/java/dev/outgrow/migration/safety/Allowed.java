package dev.outgrow.migration.safety;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comments of a statement allow, each rule with its reason.
 *
 * @param problems comments that were not understood, each as a sentence
 */
record Allowed(Set<Rule> rules, List<String> problems) {
  static final Allowed NOTHING = new Allowed(Set.of(), List.of());

  private static final Pattern COMMENT =
      Pattern.compile("outgrow:\\s*allow\\b[ \\t]*(\\S*)[ \\t]*(.*)");

  static Allowed by(List<String> comments) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    List<String> problems = new ArrayList<>();
    for (String comment : comments) {
      String text = comment.endsWith("*/") ? comment.substring(0, comment.length() - 2) : comment;
      Matcher matcher = COMMENT.matcher(text);
      while (matcher.find()) {
        read(matcher.group(1), matcher.group(2).strip(), rules, problems);
      }
    }
    return rules.isEmpty() && problems.isEmpty() ? NOTHING : new Allowed(rules, problems);
  }

  private static void read(String id, String reason, Set<Rule> rules, List<String> problems) {
    Rule rule = Rule.of(id).orElse(null);
    if (rule == null) {
      problems.add("The comment allows \"" + id + "\", which is no rule.");
    } else if (reason.isEmpty()) {
      problems.add("The comment allows " + id + " and gives no reason.");
    } else {
      rules.add(rule);
    }
  }

  boolean has(Rule rule) {
    return rules.contains(rule);
  }
}
