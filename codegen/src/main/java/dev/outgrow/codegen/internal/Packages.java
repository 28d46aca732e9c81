package dev.outgrow.codegen.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where classes go: each chain has a package below a common one, or one of its own.
 *
 * <p><em>Immutable.</em>
 *
 * @param base the common one
 * @param own those of chains that have one of their own
 * @param only the chains whose classes are wanted; null for all
 * @since 0.1
 */
public record Packages(String base, Map<String, String> own, @Nullable Set<String> only) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "void",
          "volatile",
          "while");

  /** Copies the collections. */
  public Packages {
    own = Map.copyOf(own);
    only = only == null ? null : Set.copyOf(only);
  }

  /** Returns a chain's package; a name that Java keeps for itself gets an underline. */
  public String of(String chain) {
    String name = KEYWORDS.contains(chain) ? chain + "_" : chain;
    return own.getOrDefault(chain, base + "." + name);
  }

  /** Returns those of the chains whose classes are wanted. */
  List<String> wanted(List<String> chains) {
    return chains.stream().filter(chain -> only == null || only.contains(chain)).toList();
  }

  /** Whether a text can be the name of a package. */
  public static boolean isPackage(String name) {
    for (String part : name.split("\\.", -1)) {
      if (!part.matches("[\\p{L}_][\\p{L}\\p{N}_]*") || KEYWORDS.contains(part)) {
        return false;
      }
    }
    return true;
  }
}
