-- The sums of quarters by the hour, so that a year is read in a fourth of the rows. In most zones days begin with an
-- hour; of an hour within which one begins the quarters are read. Filled and compared together with the quarters.

CREATE TABLE summed_hours (
  began bigint NOT NULL PRIMARY KEY,
  plays bigint NOT NULL,
  seconds bigint NOT NULL
);

CREATE TABLE summed_hour_platforms (
  began bigint NOT NULL,
  platform text,
  plays bigint NOT NULL
);
CREATE INDEX summed_hour_platforms_began ON summed_hour_platforms (began);

CREATE TABLE summed_hour_decisions (
  began bigint NOT NULL,
  "videoDecision" text NOT NULL,
  plays bigint NOT NULL
);
CREATE INDEX summed_hour_decisions_began ON summed_hour_decisions (began);

CREATE TABLE summed_hour_streams (
  began bigint NOT NULL PRIMARY KEY,
  change bigint NOT NULL,
  peak bigint NOT NULL
);

-- What is summed up already has no hours: all of it is made anew.
DELETE FROM summed_days;
