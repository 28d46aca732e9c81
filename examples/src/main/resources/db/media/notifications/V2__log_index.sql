CREATE INDEX logs_logged_at ON logs (logged_at);
