DROP INDEX logs_logged_at;
