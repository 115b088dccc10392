-- Commands and shortcuts of every session, by application, command, chord and way.
--
-- See lib/command_rows for names and ways.
--
-- returns one row per session, application, command, chord and way, by these
-- column session_id VARCHAR: session
-- column app VARCHAR: application in front; NULL where unknown
-- column command VARCHAR: command; NULL for a chord without a name
-- column is_recorded BOOLEAN: the recording itself names it
-- column chord VARCHAR: modifiers + key; NULL where not by keys, where it types text, or where not known
-- column via VARCHAR: shortcut, menu, context_menu, toolbar or unknown
-- column uses_n BIGINT: times it was given
-- column example_us BIGINT [us]: when one of them was given, picked by chance; NULL without times
WITH placed AS (
  SELECT session_id, app, command, is_recorded, chord, via, t_us, row_number() OVER (
    PARTITION BY session_id, app, command, is_recorded, chord, via
    ORDER BY CASE WHEN t_us IS NULL THEN 1 ELSE 0 END, md5(concat(session_id, ':', seq)), seq) AS place
  FROM command_rows
)
SELECT session_id, app, command, is_recorded, chord, via, count(*) AS uses_n,
  min(CASE WHEN place = 1 THEN t_us END) AS example_us
FROM placed
GROUP BY session_id, app, command, is_recorded, chord, via
ORDER BY session_id, app, command, is_recorded, chord, via
