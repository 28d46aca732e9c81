DROP TABLE stream_details;
DROP TABLE sessions;
DROP TABLE items;
