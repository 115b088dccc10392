-- What the steps of every session say, for search.
--
-- Instruction, thought, action with its arguments, and code; of each the first 1000 characters. Without the
-- person's consent to keystrokes, arguments and code are left out, without consent to screenshots or window
-- titles the thoughts.
--
-- returns one row per session and text, by session and text
-- column session_id VARCHAR: session
-- column text VARCHAR: text as recorded, at most 1000 characters
-- column rows_n BIGINT: times that it occurs
WITH consent AS (
  SELECT s.session_id,
    p.consent_scope IS NULL OR strpos(concat(',', p.consent_scope, ','), ',keystrokes,') > 0 AS has_keys,
    p.consent_scope IS NULL OR (strpos(concat(',', p.consent_scope, ','), ',screenshots,') > 0
      AND strpos(concat(',', p.consent_scope, ','), ',window_titles,') > 0) AS has_screen
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
), said AS (
  SELECT t.session_id, t.instruction, CASE WHEN c.has_screen THEN t.thought END AS thought,
    concat(coalesce(t.action_type, ''), CASE WHEN c.has_keys AND t.action_args IS NOT NULL
      THEN concat(' ', t.action_args) ELSE '' END) AS action,
    CASE WHEN c.has_keys THEN t.action_code END AS code
  FROM steps AS t
  JOIN consent AS c ON c.session_id = t.session_id
), texts AS (
  SELECT session_id, substr(instruction, 1, 1000) AS text FROM said
  UNION ALL
  SELECT session_id, substr(thought, 1, 1000) AS text FROM said
  UNION ALL
  SELECT session_id, substr(action, 1, 1000) AS text FROM said
  UNION ALL
  SELECT session_id, substr(code, 1, 1000) AS text FROM said
)
SELECT session_id, text, count(*) AS rows_n
FROM texts
WHERE text IS NOT NULL AND text <> ''
GROUP BY session_id, text
ORDER BY session_id, text
