DROP TABLE logs;
DROP TABLE notifiers;
