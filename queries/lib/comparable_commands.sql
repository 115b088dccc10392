-- Commands of which shortcuts and other ways can be compared, over the whole collection.
--
-- A command is comparable where it has a shortcut (someone used one, or a system has one by standard) and
-- where recordings name it: a command known by its chord alone shows its shortcuts and no other way.
-- Commands that fewer than 5 known people gave are left out, unless no person is known at all.
--
-- returns one row per command that is comparable, by command
-- column command VARCHAR: command
WITH given AS (
  SELECT c.command, c.via, c.is_recorded, s.participant_id
  FROM session_commands AS c
  JOIN sessions AS s ON s.session_id = c.session_id
  WHERE c.command IS NOT NULL
), standard AS (
  SELECT command FROM standard_chords GROUP BY command
)
SELECT g.command
FROM given AS g
LEFT JOIN standard AS k ON k.command = g.command
GROUP BY g.command
HAVING count(CASE WHEN g.is_recorded THEN 1 END) > 0
  AND (count(CASE WHEN g.via = 'shortcut' THEN 1 END) > 0 OR count(k.command) > 0)
  AND (count(DISTINCT g.participant_id) >= 5 OR count(g.participant_id) = 0)
ORDER BY command
