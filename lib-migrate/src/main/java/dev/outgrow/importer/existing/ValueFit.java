package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Finding.What;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Misfits;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Column;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says which values of one column do not fit the column that is there, and which get another form.
 *
 * @param table the source table
 * @param target the table that is there
 * @param column the source's column
 * @param there the column that is there
 * @param profile what the source's column holds
 * @param fit how its values get there
 */
record ValueFit(
    String table,
    String target,
    Column column,
    Column there,
    ColumnProfile profile,
    ColumnFit fit) {
  private static final String REJECTED = ". The rows are rejected";
  private static final Set<Base> MOMENTS = EnumSet.of(Base.DATE, Base.TIMESTAMP, Base.TIMESTAMPTZ);

  /** Says so in the draft; where rows may be rejected, such a row refuses nothing. */
  void report(Trait trait, Reading reading, boolean rejects, Draft draft) {
    boolean stored = reading.form() == Form.STORED;
    Misfits misfits = stored ? profile.misfits(trait) : Misfits.NONE;
    if (misfits.count() > 0) {
      String remedy = rejects ? REJECTED : remedy();
      draft.findings.add(
          new Finding(What.NARROWER_COLUMN, name(), misfit(misfits, trait) + remedy, !rejects));
    }
    if (!there.nullable() && profile.holds(StorageClass.NULL)) {
      String remedy = rejects ? REJECTED : ". Fill them in the file, or allow nulls";
      draft.findings.add(new Finding(What.NULLS, name(), nulls() + remedy, !rejects));
    }
    if (isConverted() || !reading.isStored()) {
      draft.changedTypes.add(
          new ChangedType(
              table,
              column.name(),
              column.type(),
              there.type(),
              (stored ? "" : "read as " + reading.form().word() + " by a rule; ")
                  + "the column that is there is of this type: "
                  + profile.describe()));
    }
  }

  private String misfit(Misfits misfits, Trait trait) {
    return misfits.count()
        + (misfits.count() == 1 ? " value is not " : " values are not ")
        + trait.words()
        + " (first at "
        + misfits.example()
        + "), which "
        + there.type()
        + " has to be; the column holds "
        + profile.describe();
  }

  private String remedy() {
    return countsSomething()
        ? ". Say what the numbers count with a rule for this column (--rules), such as epoch seconds"
        : ". Mend the values, or widen the column";
  }

  static boolean isOfMoments(TargetType type) {
    return MOMENTS.contains(type.base());
  }

  /** Nothing in the file says whether integers are seconds, days, or since when. */
  private boolean countsSomething() {
    return isOfMoments(fit.staged())
        && (profile.holds(StorageClass.INTEGER) || profile.holds(StorageClass.REAL));
  }

  private String nulls() {
    return profile.count(StorageClass.NULL)
        + (profile.count(StorageClass.NULL) == 1 ? " null" : " nulls")
        + " (first at "
        + profile.examples().get(StorageClass.NULL)
        + ") in a column that refuses them";
  }

  private boolean isConverted() {
    boolean plain =
        switch (fit.staged().base()) {
          case BIGINT, BOOLEAN -> profile.holdsOnly(StorageClass.INTEGER);
          case DOUBLE_PRECISION -> profile.holdsOnly(StorageClass.REAL);
          case NUMERIC -> profile.holdsOnly(StorageClass.INTEGER, StorageClass.REAL);
          case BYTEA -> profile.holdsOnly(StorageClass.BLOB);
          default -> profile.holdsOnly(StorageClass.TEXT);
        };
    return !plain || fit.keeping() == Landing.Keeping.SPELT_ANEW;
  }

  private String name() {
    return target + "." + there.name();
  }
}
