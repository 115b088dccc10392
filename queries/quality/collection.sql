-- Quality flags over all sessions.
--
-- The flags are those of the schema; a test compares them.
--
-- returns one row per flag, most sessions first, then by flag
-- column flag VARCHAR: what was found
-- column sessions_n BIGINT: sessions with the flag
-- column of_n BIGINT: all sessions
WITH flags AS (
  SELECT f.flag FROM (VALUES
    ('clock_backwards'), ('dangling_keys'), ('estimated_display'), ('held_keys'), ('incomplete'),
    ('no_display'), ('no_frames'), ('no_time'), ('off_screen'), ('recorder_hotkey'),
    ('sentinel_xy'), ('unknown_zone'), ('unread_video'), ('unresolved_keys')
  ) AS f(flag)
)
SELECT f.flag,
  count(*) FILTER (WHERE strpos(concat(',', s.quality, ','), concat(',', f.flag, ',')) > 0) AS sessions_n,
  count(s.session_id) AS of_n
FROM flags AS f
LEFT JOIN sessions AS s ON true
GROUP BY f.flag
ORDER BY sessions_n DESC, flag
