-- The account stays, as sessions may refer to it by now, and so does a password that its owner has set.
DELETE FROM logins WHERE must_change;
