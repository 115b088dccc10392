-- Sessions of which a still picture can be shown.
--
-- Sessions with screenshots that may be shown come before those with pointer positions alone, those with at
-- least 100 positions and 3 clicks before others, and people before agents; among equals chance decides, the
-- same each time. Where a person's consent names scopes, demo must be among them.
--
-- param with_bare BOOLEAN = FALSE: also screenshots that no redaction pass covered
-- param limit_n BIGINT = 1: most sessions
-- returns one row per session, the one to show first; none when no session can be shown
-- column place BIGINT: place in that order, from 1
-- column session_id VARCHAR: session
-- column shown_frames_n BIGINT: its screenshots that may be shown
WITH pictured AS (
  SELECT session_id, count(*) FILTER (WHERE is_redacted OR $with_bare::BOOLEAN) AS shown_frames_n
  FROM frames_index
  GROUP BY session_id
), tiers AS (
  SELECT s.session_id, coalesce(f.shown_frames_n, 0) AS shown_frames_n, s.moves_n, m.clicks_n,
    CASE WHEN f.shown_frames_n > 0 THEN 4 ELSE 0 END
      + CASE WHEN s.moves_n >= 100 AND m.clicks_n >= 3 THEN 2 ELSE 0 END
      + CASE WHEN s.actor = 'human' THEN 1 ELSE 0 END AS tier
  FROM sessions AS s
  JOIN session_summary AS m ON m.session_id = s.session_id
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
  LEFT JOIN pictured AS f ON f.session_id = s.session_id
  WHERE p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',demo,') > 0
), placed AS (
  SELECT session_id, shown_frames_n,
    row_number() OVER (ORDER BY tier DESC, md5(session_id), session_id) AS place
  FROM tiers
  WHERE shown_frames_n > 0 OR moves_n > 0 OR clicks_n > 0
)
SELECT place, session_id, shown_frames_n
FROM placed
WHERE place <= $limit_n::BIGINT
ORDER BY place
