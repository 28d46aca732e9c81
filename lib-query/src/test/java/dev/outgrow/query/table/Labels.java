package dev.outgrow.query.table;

import dev.outgrow.query.fixture.BothBackends;
import java.util.List;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableOptions;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/** What events can refer to by each of three keys, and by no other field. */
final class Labels extends TableImpl<Record> {
  private static final long serialVersionUID = 1L;

  static final Labels LABELS = new Labels(DSL.name("label"), null);

  /** The primary key. */
  final TableField<Record, Long> id =
      createField(DSL.name("id"), SQLDataType.BIGINT.notNull(), this);

  /** Unique. */
  final TableField<Record, Integer> number =
      createField(DSL.name("number"), SQLDataType.INTEGER, this);

  /** Unique. */
  final TableField<Record, String> code = createField(DSL.name("code"), SQLDataType.CLOB, this);

  final TableField<Record, Long> parent = createField(DSL.name("parent"), SQLDataType.BIGINT, this);

  final TableField<Record, String> name = createField(DSL.name("name"), SQLDataType.CLOB, this);

  final TableField<Record, Long> weight = createField(DSL.name("weight"), SQLDataType.BIGINT, this);

  private Labels(Name alias, @Nullable Table<Record> aliased) {
    super(alias, null, aliased, null, DSL.comment(""), TableOptions.table());
  }

  @Override
  public Labels as(String alias) {
    return new Labels(DSL.name(alias), this);
  }

  @Override
  public UniqueKey<Record> getPrimaryKey() {
    return Internal.createUniqueKey(LABELS, DSL.name("pk_label"), LABELS.id);
  }

  @Override
  public List<UniqueKey<Record>> getUniqueKeys() {
    return List.of(
        Internal.createUniqueKey(LABELS, DSL.name("label_number"), LABELS.number),
        Internal.createUniqueKey(LABELS, DSL.name("label_code"), LABELS.code),
        Internal.createUniqueKey(LABELS, DSL.name("label_pair"), LABELS.name, LABELS.weight));
  }

  /** Makes the table, empty, on both backends. */
  static void create(BothBackends both) {
    both.execute(
        "create table label (id bigint not null primary key, number integer unique,"
            + " code text unique, parent bigint, name text, weight bigint)");
  }

  static void add(
      BothBackends both,
      long id,
      @Nullable Integer number,
      @Nullable String code,
      @Nullable Long parent,
      @Nullable String name,
      @Nullable Long weight) {
    both.write(
        sql -> sql.insertInto(LABELS).values(id, number, code, parent, name, weight).execute());
  }
}
