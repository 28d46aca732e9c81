package dev.outgrow.importer;

import dev.outgrow.importer.existing.ExistingMapper;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.mapping.Examination;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the tables of a file go: what has to be known of them for it, and what becomes of them. */
interface Places {

  /** Returns, given all tables, what to look for in each column of one of them. */
  Function<Table, List<Set<Trait>>> traits(List<Table> definitions);

  /** Maps the tables, which were looked at for these traits, and what there is beside them. */
  Found map(List<SourceTable> tables, List<SourceView> views, Inventory inventory);

  /**
   * What becomes of the tables.
   *
   * @param mapping the tables as they are loaded
   * @param existing the tables that are there for them, or null where new ones are made
   */
  record Found(SchemaMapping mapping, @Nullable ExistingMapping existing) {}

  /** Tables that are made as the file declares them. */
  static Places made(ImportOptions options) {
    return new Places() {
      @Override
      public Function<Table, List<Set<Trait>>> traits(List<Table> definitions) {
        return Examination.of(definitions, options.rules())::traits;
      }

      @Override
      public Found map(List<SourceTable> tables, List<SourceView> views, Inventory inventory) {
        SchemaMapping mapping =
            Mapper.map(
                tables, views, inventory.triggers(), inventory.notCarried(), options.rules());
        return new Found(mapping.withLeftOut(inventory.leftOut()), null);
      }
    };
  }

  /** Tables that are there already. */
  static Places existing(ExistingSchema schema, ImportOptions options) {
    ExistingMapper unknowing =
        ExistingMapper.of(
                schema,
                options.replace(),
                options.accepted(),
                options.rules(),
                options.badRows() == BadRows.REJECT)
            .appending(options.append());
    return new Places() {
      private ExistingMapper mapper = unknowing;

      @Override
      public Function<Table, List<Set<Trait>>> traits(List<Table> definitions) {
        mapper = unknowing.knowing(definitions);
        return mapper::traits;
      }

      @Override
      public Found map(List<SourceTable> tables, List<SourceView> views, Inventory inventory) {
        ExistingMapping mapping =
            mapper.map(tables, notMade(views, inventory), inventory.leftOut());
        return new Found(mapping.mapping(), mapping);
      }
    };
  }

  private static List<NotCarried> notMade(List<SourceView> views, Inventory inventory) {
    List<NotCarried> things = new ArrayList<>(inventory.notCarried());
    views.forEach(v -> things.add(notMade(Kind.VIEW, v.name(), v.sql())));
    inventory.triggers().forEach(t -> things.add(notMade(Kind.TRIGGER, t.name(), t.sql())));
    return things;
  }

  private static NotCarried notMade(Kind kind, String name, String sql) {
    return new NotCarried(
        kind, name, "The target has none of this name, and nothing is made there: " + sql);
  }
}
