package dev.outgrow.importer.salvage;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.TableDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what can be read of a damaged file into a sound one: the records as they are, byte for
 * byte, in new trees. Its indexes are left empty. Used once.
 */
final class SoundCopy {
  private static final int MOST_COLUMNS = 32_767;
  private static final int SCHEMA_ROOT = 1;

  private final Pages pages;
  private final PageFile target;
  private final List<Lost> lost = new ArrayList<>();

  private SoundCopy(Pages pages, PageFile target) {
    this.pages = pages;
    this.target = target;
  }

  /**
   * Writes a copy that still has an empty schema.
   *
   * @param lost is told what could not be read
   * @return the rows for its schema, with the roots of the new trees
   */
  static Map<SchemaRow, Integer> write(Path damaged, long mostBytes, Path sound, List<Lost> lost)
      throws IOException {
    try (Pages pages = Pages.open(damaged, mostBytes);
        PageFile target = PageFile.create(sound, pages.format(), pages.header())) {
      SoundCopy copy = new SoundCopy(pages, target);
      Map<SchemaRow, Integer> rows = copy.run();
      lost.addAll(copy.lost);
      return rows;
    }
  }

  private Map<SchemaRow, Integer> run() {
    Map<SchemaRow, Integer> roots = new LinkedHashMap<>();
    for (SchemaRow row : schema()) {
      roots.put(row, row.root() == 0 ? 0 : tree(row));
    }
    return roots;
  }

  private List<SchemaRow> schema() {
    List<SchemaRow> rows = new ArrayList<>();
    Losses losses = new Losses("the schema");
    TreeWalk walk =
        new TreeWalk(
            pages,
            true,
            SchemaRow.COLUMNS,
            losses,
            cell -> {
              try {
                rows.add(SchemaRow.of(cell, pages));
              } catch (DamageException e) {
                lost.add(new Lost("the schema", "Its row " + cell.rowid() + ": " + e.what()));
              }
            });
    walk.from(SCHEMA_ROOT);
    losses.lost(rows.size()).ifPresent(lost::add);
    return rows;
  }

  private int tree(SchemaRow row) {
    if (!row.is("table") || Identifier.folded(row.name()).startsWith("sqlite_stat")) {
      return target.emptyTree(row.is("table") ? Format.TABLE_LEAF : Format.INDEX_LEAF);
    }
    Optional<TableDefinition> definition =
        TableDefinition.parse(row.sql() == null ? "" : row.sql()).value();
    boolean inTable = definition.map(d -> !d.withoutRowid()).orElseGet(() -> isTable(row.root()));
    int columns = definition.map(d -> d.columns().size()).orElse(MOST_COLUMNS);
    Losses losses = new Losses(row.name());
    TreeWriter writer = new TreeWriter(pages, target, inTable);
    long[] rows = {0};
    TreeWalk walk =
        new TreeWalk(
            pages,
            inTable,
            columns,
            losses,
            cell -> {
              writer.add(cell);
              rows[0]++;
            });
    walk.from(row.root());
    losses.lost(rows[0]).ifPresent(lost::add);
    return writer.finish();
  }

  private boolean isTable(long root) {
    try {
      ByteBuffer page = pages.look(root);
      int type = page.get(0);
      return type != Format.INDEX_LEAF && type != Format.INDEX_INTERIOR;
    } catch (DamageException e) {
      return true; // nothing can be read of it either way
    }
  }
}
