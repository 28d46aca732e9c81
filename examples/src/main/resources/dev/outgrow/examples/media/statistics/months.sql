SELECT to_char(to_timestamp(started) AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
       count(*) AS plays,
       coalesce(sum(stopped - started - paused_seconds), 0) AS seconds
  FROM {schema}.sessions
 GROUP BY month
 ORDER BY month
