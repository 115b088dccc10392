-- Recorder formats of all sessions.
--
-- returns one row per format, by format
-- column source_format VARCHAR: recorder format
-- column sessions_n BIGINT: sessions of that format
SELECT s.source_format, count(*) AS sessions_n
FROM sessions AS s
GROUP BY s.source_format
ORDER BY source_format
