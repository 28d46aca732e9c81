CREATE TABLE clips (user_id bigint NOT NULL REFERENCES users (id), title text);
