-- The column bitrate says INTEGER and holds '' and 'unknown' too, so it arrives as text: only what
-- is a number may be cast to one.
SELECT s.platform,
       count(*) AS plays,
       count(*) FILTER (WHERE d."videoDecision" = 'transcode') AS transcoded,
       round(avg(CASE WHEN d.bitrate::text ~ '^[0-9]{1,9}$' THEN d.bitrate::text::bigint END))::bigint
         AS kilobits
  FROM {schema}.sessions s
  JOIN {schema}.stream_details d ON d.session_id = s.id
 WHERE s.platform IS NOT NULL
 GROUP BY s.platform
 ORDER BY plays DESC, s.platform COLLATE "C"
