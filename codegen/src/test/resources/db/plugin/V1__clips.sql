CREATE TABLE clips (
  id bigint NOT NULL PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  item_id bigint REFERENCES items (id)
);
