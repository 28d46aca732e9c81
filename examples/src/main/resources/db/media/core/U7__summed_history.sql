DROP INDEX sessions_stopped;
DROP TABLE summed_streams;
DROP TABLE summed_decisions;
DROP TABLE summed_items;
DROP TABLE summed_users;
DROP TABLE summed_platforms;
DROP TABLE summed_quarters;
DROP TABLE summed_days;
