SELECT extract(isodow FROM to_timestamp(started) AT TIME ZONE 'UTC')::int AS weekday,
       extract(hour FROM to_timestamp(started) AT TIME ZONE 'UTC')::int AS hour,
       count(*) AS plays
  FROM {schema}.sessions
 GROUP BY weekday, hour
 ORDER BY plays DESC, weekday, hour
 LIMIT 8
