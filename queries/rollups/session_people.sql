-- Whose session each is, to tell people apart and count them.
--
-- A digest stands for the pseudonym. Sessions of which the person is not known are left out.
--
-- returns one row per session of a known person, by session
-- column session_id VARCHAR: session
-- column person VARCHAR: md5 of the participant_id, 32 hex digits
SELECT session_id, md5(participant_id) AS person
FROM sessions
WHERE participant_id IS NOT NULL
ORDER BY session_id
