DROP INDEX sessions_item;
DROP INDEX sessions_user_started;
DROP INDEX sessions_started;
DROP INDEX items_library_added;
DROP INDEX items_parent;
DROP INDEX items_guid;
