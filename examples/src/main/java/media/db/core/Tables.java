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
import media.db.core.tables.SummedDays;
import media.db.core.tables.SummedDecisions;
import media.db.core.tables.SummedHourDecisions;
import media.db.core.tables.SummedHourPlatforms;
import media.db.core.tables.SummedHourStreams;
import media.db.core.tables.SummedHours;
import media.db.core.tables.SummedItems;
import media.db.core.tables.SummedPlatforms;
import media.db.core.tables.SummedQuarters;
import media.db.core.tables.SummedStreams;
import media.db.core.tables.SummedUsers;
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
     * The table <code>summed_days</code>.
     */
    public static final SummedDays SUMMED_DAYS = SummedDays.SUMMED_DAYS;

    /**
     * The table <code>summed_decisions</code>.
     */
    public static final SummedDecisions SUMMED_DECISIONS = SummedDecisions.SUMMED_DECISIONS;

    /**
     * The table <code>summed_hour_decisions</code>.
     */
    public static final SummedHourDecisions SUMMED_HOUR_DECISIONS = SummedHourDecisions.SUMMED_HOUR_DECISIONS;

    /**
     * The table <code>summed_hour_platforms</code>.
     */
    public static final SummedHourPlatforms SUMMED_HOUR_PLATFORMS = SummedHourPlatforms.SUMMED_HOUR_PLATFORMS;

    /**
     * The table <code>summed_hour_streams</code>.
     */
    public static final SummedHourStreams SUMMED_HOUR_STREAMS = SummedHourStreams.SUMMED_HOUR_STREAMS;

    /**
     * The table <code>summed_hours</code>.
     */
    public static final SummedHours SUMMED_HOURS = SummedHours.SUMMED_HOURS;

    /**
     * The table <code>summed_items</code>.
     */
    public static final SummedItems SUMMED_ITEMS = SummedItems.SUMMED_ITEMS;

    /**
     * The table <code>summed_platforms</code>.
     */
    public static final SummedPlatforms SUMMED_PLATFORMS = SummedPlatforms.SUMMED_PLATFORMS;

    /**
     * The table <code>summed_quarters</code>.
     */
    public static final SummedQuarters SUMMED_QUARTERS = SummedQuarters.SUMMED_QUARTERS;

    /**
     * The table <code>summed_streams</code>.
     */
    public static final SummedStreams SUMMED_STREAMS = SummedStreams.SUMMED_STREAMS;

    /**
     * The table <code>summed_users</code>.
     */
    public static final SummedUsers SUMMED_USERS = SummedUsers.SUMMED_USERS;

    /**
     * The table <code>users</code>.
     */
    public static final Users USERS = Users.USERS;
}
