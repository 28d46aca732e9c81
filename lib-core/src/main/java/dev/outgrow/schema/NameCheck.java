package dev.outgrow.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of a schema that do not keep the {@link NamingConvention}, and says what they
 * should be. Names that are proposed are free: no two are the same, and none is that of a table,
 * view, sequence or index that keeps its own.
 *
 * <p>An index may have more words behind its columns, such as what its condition selects; a check
 * needs one. Constraints without a name, as most of SQLite's, are passed over.
 *
 * <p><em>Immutable.</em>
 *
 * @param renames what should be renamed, in order of the schema
 * @since 0.1
 */
public record NameCheck(List<Rename> renames) {
  private static final String EXPRESSION = "expr";
  private static final int HASH_DIGITS = 8;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{8}");

  /** Copies the list. */
  public NameCheck {
    renames = List.copyOf(renames);
  }

  /**
   * A name that does not keep the convention.
   *
   * @param kind what has the name
   * @param table the table it belongs to
   * @param name the name it has
   * @param shouldBe the name it should have
   */
  public record Rename(NamingConvention kind, String table, String name, String shouldBe) {
    /** Returns a line for people. Not for SQL. */
    public String text() {
      return "table " + table + ": " + kind.title() + " " + name + " should be " + shouldBe;
    }
  }

  /** Checks a schema. Nothing fails. */
  public static NameCheck of(Schema schema) {
    Search search = new Search();
    schema.tables().forEach(search::collect);
    schema.tables().forEach(table -> search.taken.add(table.name()));
    schema.views().forEach(view -> search.taken.add(view.name()));
    schema.sequences().forEach(sequence -> search.taken.add(sequence.name()));
    return new NameCheck(search.renames());
  }

  /** Returns whether every name keeps the convention. */
  public boolean kept() {
    return renames.isEmpty();
  }

  private record Named(NamingConvention kind, String table, String name, List<String> words) {
    boolean isKept() {
      return ShortName.fits(name) && (isExact() || hasMore() || isHashed());
    }

    private boolean isExact() {
      return kind != NamingConvention.CHECK && name.equals(kind.full(table, words));
    }

    /** What its columns do not tell: of an index a condition, of a check everything. */
    private boolean hasMore() {
      String begin = begin() + "_";
      boolean may = kind == NamingConvention.INDEX || kind == NamingConvention.CHECK;
      return may && name.startsWith(begin) && name.length() > begin.length();
    }

    /** Whose hash it is cannot be told: it may have been made of another name. */
    private boolean isHashed() {
      String like = ShortName.hashed(begin(), "");
      int place = like.length() - HASH_DIGITS;
      return name.length() == like.length()
          && name.startsWith(like.substring(0, place))
          && HASH.matcher(name.substring(place)).matches();
    }

    private String begin() {
      return kind.full(table, kind == NamingConvention.CHECK ? List.of() : words);
    }
  }

  private static final class Search {
    private final Set<String> taken = new HashSet<>();
    private final List<Named> all = new ArrayList<>();

    void collect(Table table) {
      String name = table.name();
      PrimaryKey key = table.primaryKey();
      if (key != null) {
        add(NamingConvention.PRIMARY_KEY, name, key.name(), key.columns());
      }
      table
          .uniqueKeys()
          .forEach(k -> add(NamingConvention.UNIQUE_KEY, name, k.name(), k.columns()));
      table
          .foreignKeys()
          .forEach(k -> add(NamingConvention.FOREIGN_KEY, name, k.name(), k.columns()));
      table.checks().forEach(c -> add(NamingConvention.CHECK, name, c.name(), word(c.name())));
      table.indexes().forEach(i -> add(NamingConvention.INDEX, name, i.name(), words(i)));
    }

    private static List<String> word(@Nullable String name) {
      return name == null ? List.of() : List.of(name);
    }

    private static List<String> words(Index index) {
      return index.parts().stream()
          .map(Index.Part::column)
          .map(column -> column == null ? EXPRESSION : column)
          .toList();
    }

    private void add(
        NamingConvention kind, String table, @Nullable String name, List<String> words) {
      if (name != null) {
        all.add(new Named(kind, table, name, words));
      }
    }

    List<Rename> renames() {
      all.stream().filter(Named::isKept).forEach(named -> taken.add(named.name()));
      return all.stream().filter(named -> !named.isKept()).map(this::renamed).toList();
    }

    private Rename renamed(Named named) {
      String wanted = named.kind().full(named.table(), named.words());
      String identity = named.kind().identity(named.table(), wanted, named.words());
      String free = ShortName.of(wanted, identity);
      for (int i = 0; !taken.add(free); i++) {
        free = ShortName.hashed(wanted, i == 0 ? identity : identity + '\0' + named.name() + i);
      }
      return new Rename(named.kind(), named.table(), named.name(), free);
    }
  }
}
