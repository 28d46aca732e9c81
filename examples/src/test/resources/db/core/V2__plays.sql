CREATE TABLE plays (user_id bigint NOT NULL REFERENCES users (id), started bigint NOT NULL);
