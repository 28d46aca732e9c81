/*
 * Made by Outgrow from the migrations of the chain core. Changes are lost.
 */
package media.db.core;


import media.db.core.tables.Items;
import media.db.core.tables.Libraries;
import media.db.core.tables.LibraryAccess;
import media.db.core.tables.Logins;
import media.db.core.tables.Sessions;
import media.db.core.tables.Settings;
import media.db.core.tables.StreamDetails;
import media.db.core.tables.Users;


/**
 * Convenience access to all tables in the default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Tables {

    /**
     * The table <code>items</code>.
     */
    public static final Items ITEMS = Items.ITEMS;

    /**
     * The table <code>libraries</code>.
     */
    public static final Libraries LIBRARIES = Libraries.LIBRARIES;

    /**
     * The table <code>library_access</code>.
     */
    public static final LibraryAccess LIBRARY_ACCESS = LibraryAccess.LIBRARY_ACCESS;

    /**
     * The table <code>logins</code>.
     */
    public static final Logins LOGINS = Logins.LOGINS;

    /**
     * The table <code>sessions</code>.
     */
    public static final Sessions SESSIONS = Sessions.SESSIONS;

    /**
     * The table <code>Settings</code>.
     */
    public static final Settings SETTINGS = Settings.SETTINGS;

    /**
     * The table <code>stream_details</code>.
     */
    public static final StreamDetails STREAM_DETAILS = StreamDetails.STREAM_DETAILS;

    /**
     * The table <code>users</code>.
     */
    public static final Users USERS = Users.USERS;
}
