SELECT coalesce(show.title || ' · ' || i.title, i.title) AS title,
       i.media_type,
       count(*) AS plays,
       count(DISTINCT s.user_id) AS viewers
  FROM {schema}.sessions s
  JOIN {schema}.items i ON i.id = s.item_id
  LEFT JOIN {schema}.items season ON season.id = i.parent_id
  LEFT JOIN {schema}.items show ON show.id = season.parent_id
 GROUP BY i.id, i.title, i.media_type, show.title
 ORDER BY plays DESC, i.id
 LIMIT 8
