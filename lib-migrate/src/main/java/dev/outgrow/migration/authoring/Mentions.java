package dev.outgrow.migration.authoring;

import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.View;
import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names a text of SQL mentions. A word that means something else counts as well: an object is
 * then put back that could have stayed.
 */
final class Mentions {
  private Mentions() {}

  /** Returns the names in a text, in lower case. */
  static Set<String> of(String sql) {
    Set<String> names = new HashSet<>();
    for (Token token : Tokenizer.tokens(sql)) {
      if (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME) {
        names.add(Identifier.folded(token.unquoted()));
      }
    }
    return names;
  }

  static boolean any(String sql, Collection<String> folded) {
    return of(sql).stream().anyMatch(folded::contains);
  }

  /** Returns the names of these views that mention one of the names, or a view that does. */
  static Set<String> dependents(List<View> views, Set<String> folded) {
    Set<String> found = new HashSet<>(folded);
    Set<String> dependents = new HashSet<>();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (View view : views) {
        String name = Identifier.folded(view.name());
        if (!dependents.contains(name) && any(view.sql(), found)) {
          dependents.add(name);
          found.add(name);
          grew = true;
        }
      }
    }
    return dependents;
  }

  /** Returns the views, each behind those that it mentions. */
  static List<View> inOrder(List<View> views) {
    Map<String, View> byName = new HashMap<>();
    views.forEach(view -> byName.put(Identifier.folded(view.name()), view));
    Set<View> ordered = new LinkedHashSet<>();
    views.forEach(view -> visit(view, byName, ordered, new HashSet<>()));
    return new ArrayList<>(ordered);
  }

  private static void visit(
      View view, Map<String, View> byName, Set<View> ordered, Set<View> open) {
    if (ordered.contains(view) || !open.add(view)) {
      return;
    }
    for (String name : of(view.sql())) {
      View other = byName.get(name);
      if (other != null) {
        visit(other, byName, ordered, open);
      }
    }
    ordered.add(view);
  }
}
