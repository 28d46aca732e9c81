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
import media.db.core.tables.SummedHourStreams;
import media.db.core.tables.SummedHours;
import media.db.core.tables.SummedQuarters;
import media.db.core.tables.SummedStreams;
import media.db.core.tables.Users;
import media.db.core.tables.records.ItemsRecord;
import media.db.core.tables.records.LibrariesRecord;
import media.db.core.tables.records.LibraryAccessRecord;
import media.db.core.tables.records.LoginsRecord;
import media.db.core.tables.records.SessionsRecord;
import media.db.core.tables.records.SettingsRecord;
import media.db.core.tables.records.StreamDetailsRecord;
import media.db.core.tables.records.SummedDaysRecord;
import media.db.core.tables.records.SummedHourStreamsRecord;
import media.db.core.tables.records.SummedHoursRecord;
import media.db.core.tables.records.SummedQuartersRecord;
import media.db.core.tables.records.SummedStreamsRecord;
import media.db.core.tables.records.UsersRecord;

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

    public static final UniqueKey<ItemsRecord> ITEMS_PKEY = Internal.createUniqueKey(Items.ITEMS, DSL.name("items_pkey"), new TableField[] { Items.ITEMS.ID }, true);
    public static final UniqueKey<LibrariesRecord> LIBRARIES_NAME_KEY = Internal.createUniqueKey(Libraries.LIBRARIES, DSL.name("libraries_name_key"), new TableField[] { Libraries.LIBRARIES.NAME }, true);
    public static final UniqueKey<LibrariesRecord> LIBRARIES_PKEY = Internal.createUniqueKey(Libraries.LIBRARIES, DSL.name("libraries_pkey"), new TableField[] { Libraries.LIBRARIES.ID }, true);
    public static final UniqueKey<LibrariesRecord> LIBRARIES_SECTION_TYPE_ORDER_KEY = Internal.createUniqueKey(Libraries.LIBRARIES, DSL.name("libraries_section_type_order_key"), new TableField[] { Libraries.LIBRARIES.SECTION_TYPE, Libraries.LIBRARIES.ORDER }, true);
    public static final UniqueKey<LibraryAccessRecord> LIBRARY_ACCESS_PKEY = Internal.createUniqueKey(LibraryAccess.LIBRARY_ACCESS, DSL.name("library_access_pkey"), new TableField[] { LibraryAccess.LIBRARY_ACCESS.USER_ID, LibraryAccess.LIBRARY_ACCESS.LIBRARY_ID }, true);
    public static final UniqueKey<LoginsRecord> LOGINS_PKEY = Internal.createUniqueKey(Logins.LOGINS, DSL.name("logins_pkey"), new TableField[] { Logins.LOGINS.USER_ID }, true);
    public static final UniqueKey<SessionsRecord> SESSIONS_PKEY = Internal.createUniqueKey(Sessions.SESSIONS, DSL.name("sessions_pkey"), new TableField[] { Sessions.SESSIONS.ID }, true);
    public static final UniqueKey<SettingsRecord> SETTINGS_PKEY = Internal.createUniqueKey(Settings.SETTINGS, DSL.name("Settings_pkey"), new TableField[] { Settings.SETTINGS.SECTION, Settings.SETTINGS.NAME }, true);
    public static final UniqueKey<StreamDetailsRecord> STREAM_DETAILS_PKEY = Internal.createUniqueKey(StreamDetails.STREAM_DETAILS, DSL.name("stream_details_pkey"), new TableField[] { StreamDetails.STREAM_DETAILS.SESSION_ID }, true);
    public static final UniqueKey<SummedDaysRecord> SUMMED_DAYS_PKEY = Internal.createUniqueKey(SummedDays.SUMMED_DAYS, DSL.name("summed_days_pkey"), new TableField[] { SummedDays.SUMMED_DAYS.DAY }, true);
    public static final UniqueKey<SummedHourStreamsRecord> SUMMED_HOUR_STREAMS_PKEY = Internal.createUniqueKey(SummedHourStreams.SUMMED_HOUR_STREAMS, DSL.name("summed_hour_streams_pkey"), new TableField[] { SummedHourStreams.SUMMED_HOUR_STREAMS.BEGAN }, true);
    public static final UniqueKey<SummedHoursRecord> SUMMED_HOURS_PKEY = Internal.createUniqueKey(SummedHours.SUMMED_HOURS, DSL.name("summed_hours_pkey"), new TableField[] { SummedHours.SUMMED_HOURS.BEGAN }, true);
    public static final UniqueKey<SummedQuartersRecord> SUMMED_QUARTERS_PKEY = Internal.createUniqueKey(SummedQuarters.SUMMED_QUARTERS, DSL.name("summed_quarters_pkey"), new TableField[] { SummedQuarters.SUMMED_QUARTERS.BEGAN }, true);
    public static final UniqueKey<SummedStreamsRecord> SUMMED_STREAMS_PKEY = Internal.createUniqueKey(SummedStreams.SUMMED_STREAMS, DSL.name("summed_streams_pkey"), new TableField[] { SummedStreams.SUMMED_STREAMS.BEGAN }, true);
    public static final UniqueKey<UsersRecord> USERS_PKEY = Internal.createUniqueKey(Users.USERS, DSL.name("users_pkey"), new TableField[] { Users.USERS.ID }, true);
    public static final UniqueKey<UsersRecord> USERS_USERNAME_KEY = Internal.createUniqueKey(Users.USERS, DSL.name("users_username_key"), new TableField[] { Users.USERS.USERNAME }, true);

    // -------------------------------------------------------------------------
    // FOREIGN KEY definitions
    // -------------------------------------------------------------------------

    public static final ForeignKey<ItemsRecord, LibrariesRecord> ITEMS__ITEMS_LIBRARY_ID_FKEY = Internal.createForeignKey(Items.ITEMS, DSL.name("items_library_id_fkey"), new TableField[] { Items.ITEMS.LIBRARY_ID }, Keys.LIBRARIES_PKEY, new TableField[] { Libraries.LIBRARIES.ID }, true);
    public static final ForeignKey<ItemsRecord, ItemsRecord> ITEMS__ITEMS_PARENT_ID_FKEY = Internal.createForeignKey(Items.ITEMS, DSL.name("items_parent_id_fkey"), new TableField[] { Items.ITEMS.PARENT_ID }, Keys.ITEMS_PKEY, new TableField[] { Items.ITEMS.ID }, true);
    public static final ForeignKey<LibraryAccessRecord, LibrariesRecord> LIBRARY_ACCESS__LIBRARY_ACCESS_LIBRARY_ID_FKEY = Internal.createForeignKey(LibraryAccess.LIBRARY_ACCESS, DSL.name("library_access_library_id_fkey"), new TableField[] { LibraryAccess.LIBRARY_ACCESS.LIBRARY_ID }, Keys.LIBRARIES_PKEY, new TableField[] { Libraries.LIBRARIES.ID }, true);
    public static final ForeignKey<LibraryAccessRecord, UsersRecord> LIBRARY_ACCESS__LIBRARY_ACCESS_USER_ID_FKEY = Internal.createForeignKey(LibraryAccess.LIBRARY_ACCESS, DSL.name("library_access_user_id_fkey"), new TableField[] { LibraryAccess.LIBRARY_ACCESS.USER_ID }, Keys.USERS_PKEY, new TableField[] { Users.USERS.ID }, true);
    public static final ForeignKey<LoginsRecord, UsersRecord> LOGINS__LOGINS_USER_ID_FKEY = Internal.createForeignKey(Logins.LOGINS, DSL.name("logins_user_id_fkey"), new TableField[] { Logins.LOGINS.USER_ID }, Keys.USERS_PKEY, new TableField[] { Users.USERS.ID }, true);
    public static final ForeignKey<SessionsRecord, ItemsRecord> SESSIONS__SESSIONS_ITEM_ID_FKEY = Internal.createForeignKey(Sessions.SESSIONS, DSL.name("sessions_item_id_fkey"), new TableField[] { Sessions.SESSIONS.ITEM_ID }, Keys.ITEMS_PKEY, new TableField[] { Items.ITEMS.ID }, true);
    public static final ForeignKey<SessionsRecord, UsersRecord> SESSIONS__SESSIONS_USER_ID_FKEY = Internal.createForeignKey(Sessions.SESSIONS, DSL.name("sessions_user_id_fkey"), new TableField[] { Sessions.SESSIONS.USER_ID }, Keys.USERS_PKEY, new TableField[] { Users.USERS.ID }, true);
    public static final ForeignKey<StreamDetailsRecord, SessionsRecord> STREAM_DETAILS__STREAM_DETAILS_SESSION_ID_FKEY = Internal.createForeignKey(StreamDetails.STREAM_DETAILS, DSL.name("stream_details_session_id_fkey"), new TableField[] { StreamDetails.STREAM_DETAILS.SESSION_ID }, Keys.SESSIONS_PKEY, new TableField[] { Sessions.SESSIONS.ID }, true);
}
