/*
 * Made by Outgrow from the migrations of the chain core. Changes are lost.
 */
package media.db.core;


import media.db.core.tables.Items;
import media.db.core.tables.Sessions;
import media.db.core.tables.SummedDecisions;
import media.db.core.tables.SummedHourDecisions;
import media.db.core.tables.SummedHourPlatforms;
import media.db.core.tables.SummedItems;
import media.db.core.tables.SummedPlatforms;
import media.db.core.tables.SummedUsers;

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

    public static final Index ITEMS_GUID = Internal.createIndex(DSL.name("items_guid"), Items.ITEMS, new OrderField[] { Items.ITEMS.GUID }, true);
    public static final Index ITEMS_LIBRARY_ADDED = Internal.createIndex(DSL.name("items_library_added"), Items.ITEMS, new OrderField[] { Items.ITEMS.LIBRARY_ID, Items.ITEMS.ADDED_AT }, false);
    public static final Index ITEMS_PARENT = Internal.createIndex(DSL.name("items_parent"), Items.ITEMS, new OrderField[] { Items.ITEMS.PARENT_ID }, false);
    public static final Index SESSIONS_ITEM = Internal.createIndex(DSL.name("sessions_item"), Sessions.SESSIONS, new OrderField[] { Sessions.SESSIONS.ITEM_ID }, false);
    public static final Index SESSIONS_STARTED = Internal.createIndex(DSL.name("sessions_started"), Sessions.SESSIONS, new OrderField[] { Sessions.SESSIONS.STARTED }, false);
    public static final Index SESSIONS_STOPPED = Internal.createIndex(DSL.name("sessions_stopped"), Sessions.SESSIONS, new OrderField[] { Sessions.SESSIONS.STOPPED }, false);
    public static final Index SESSIONS_USER_STARTED = Internal.createIndex(DSL.name("sessions_user_started"), Sessions.SESSIONS, new OrderField[] { Sessions.SESSIONS.USER_ID, Sessions.SESSIONS.STARTED }, false);
    public static final Index SUMMED_DECISIONS_BEGAN = Internal.createIndex(DSL.name("summed_decisions_began"), SummedDecisions.SUMMED_DECISIONS, new OrderField[] { SummedDecisions.SUMMED_DECISIONS.BEGAN }, false);
    public static final Index SUMMED_HOUR_DECISIONS_BEGAN = Internal.createIndex(DSL.name("summed_hour_decisions_began"), SummedHourDecisions.SUMMED_HOUR_DECISIONS, new OrderField[] { SummedHourDecisions.SUMMED_HOUR_DECISIONS.BEGAN }, false);
    public static final Index SUMMED_HOUR_PLATFORMS_BEGAN = Internal.createIndex(DSL.name("summed_hour_platforms_began"), SummedHourPlatforms.SUMMED_HOUR_PLATFORMS, new OrderField[] { SummedHourPlatforms.SUMMED_HOUR_PLATFORMS.BEGAN }, false);
    public static final Index SUMMED_ITEMS_BEGAN = Internal.createIndex(DSL.name("summed_items_began"), SummedItems.SUMMED_ITEMS, new OrderField[] { SummedItems.SUMMED_ITEMS.BEGAN }, false);
    public static final Index SUMMED_PLATFORMS_BEGAN = Internal.createIndex(DSL.name("summed_platforms_began"), SummedPlatforms.SUMMED_PLATFORMS, new OrderField[] { SummedPlatforms.SUMMED_PLATFORMS.BEGAN }, false);
    public static final Index SUMMED_USERS_BEGAN = Internal.createIndex(DSL.name("summed_users_began"), SummedUsers.SUMMED_USERS, new OrderField[] { SummedUsers.SUMMED_USERS.BEGAN }, false);
}
