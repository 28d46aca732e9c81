CREATE UNIQUE INDEX items_guid ON items (guid);
CREATE INDEX items_parent ON items (parent_id);
CREATE INDEX items_library_added ON items (library_id, added_at);
CREATE INDEX sessions_started ON sessions (started);
CREATE INDEX sessions_user_started ON sessions (user_id, started);
CREATE INDEX sessions_item ON sessions (item_id);
