/*
 * Made by Outgrow from the migrations of the chain notifications. Changes are
 * lost.
 */
package media.db.notifications;


import media.db.notifications.tables.Logs;
import media.db.notifications.tables.Notifiers;
import media.db.notifications.tables.records.LogsRecord;
import media.db.notifications.tables.records.NotifiersRecord;

import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;


/**
 * A class modelling foreign key relationships and constraints of tables in the
 * default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Keys {

    // -------------------------------------------------------------------------
    // UNIQUE and PRIMARY KEY definitions
    // -------------------------------------------------------------------------

    public static final UniqueKey<LogsRecord> LOGS_PKEY = Internal.createUniqueKey(Logs.LOGS, DSL.name("logs_pkey"), new TableField[] { Logs.LOGS.ID }, true);
    public static final UniqueKey<NotifiersRecord> NOTIFIERS_PKEY = Internal.createUniqueKey(Notifiers.NOTIFIERS, DSL.name("notifiers_pkey"), new TableField[] { Notifiers.NOTIFIERS.ID }, true);

    // -------------------------------------------------------------------------
    // FOREIGN KEY definitions
    // -------------------------------------------------------------------------

    public static final ForeignKey<LogsRecord, NotifiersRecord> LOGS__LOGS_NOTIFIER_ID_FKEY = Internal.createForeignKey(Logs.LOGS, DSL.name("logs_notifier_id_fkey"), new TableField[] { Logs.LOGS.NOTIFIER_ID }, Keys.NOTIFIERS_PKEY, new TableField[] { Notifiers.NOTIFIERS.ID }, true);
}
