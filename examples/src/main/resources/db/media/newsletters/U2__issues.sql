DROP INDEX newsletter_subscribers_user;
DROP TABLE newsletter_issues;
