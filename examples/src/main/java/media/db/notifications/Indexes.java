/*
 * Made by Outgrow from the migrations of the chain notifications. Changes are
 * lost.
 */
package media.db.notifications;


import media.db.notifications.tables.Logs;

import org.jooq.Index;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;


/**
 * A class modelling indexes of tables in the default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Indexes {

    // -------------------------------------------------------------------------
    // INDEX definitions
    // -------------------------------------------------------------------------

    public static final Index LOGS_LOGGED_AT = Internal.createIndex(DSL.name("logs_logged_at"), Logs.LOGS, new OrderField[] { Logs.LOGS.LOGGED_AT }, false);
}
