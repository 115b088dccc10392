-- What each session's person said about training, for leaving sessions out of an export.
--
-- Withdrawn people have no rows here. A session of an unknown person follows the dataset's own terms.
--
-- returns one row per session, by session_id
-- column session_id VARCHAR: session
-- column training VARCHAR: granted, refused (the scope is set and lacks training), or unknown
SELECT s.session_id, CASE
    WHEN p.consent_scope IS NULL THEN 'unknown'
    WHEN strpos(concat(',', p.consent_scope, ','), ',training,') > 0 THEN 'granted'
    ELSE 'refused'
  END AS training
FROM sessions AS s
LEFT JOIN participants AS p ON p.participant_id = s.participant_id
ORDER BY session_id
