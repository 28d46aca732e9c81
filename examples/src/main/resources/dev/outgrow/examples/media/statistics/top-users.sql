SELECT coalesce(nullif(u.friendly_name, ''), u.username) AS who,
       count(*) AS plays,
       sum(s.stopped - s.started - s.paused_seconds) AS seconds
  FROM {schema}.sessions s
  JOIN {schema}.users u ON u.id = s.user_id
 WHERE s.stopped IS NOT NULL
 GROUP BY u.id, u.friendly_name, u.username
 ORDER BY seconds DESC, u.id
 LIMIT 8
