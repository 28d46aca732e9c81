/*
 * Made by Outgrow from the migrations of the chain notifications. Changes are
 * lost.
 */
package media.db.notifications;


import media.db.notifications.tables.Logs;
import media.db.notifications.tables.Notifiers;


/**
 * Convenience access to all tables in the default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Tables {

    /**
     * The table <code>logs</code>.
     */
    public static final Logs LOGS = Logs.LOGS;

    /**
     * The table <code>notifiers</code>.
     */
    public static final Notifiers NOTIFIERS = Notifiers.NOTIFIERS;
}
