DROP TABLE library_access;
DROP TABLE libraries;
DROP TABLE users;
