-- Rows that still say how long a text was that was masked.
--
-- A length that is that of the text as it stands now, with its placeholder, says nothing and is not counted.
--
-- returns one row per session that has such rows
-- column session_id VARCHAR: session
-- column seq BIGINT: first such row
-- column seq_end BIGINT: last such row
-- column t_us BIGINT [us]: time of the first such row
-- column rows_n BIGINT: such rows
SELECT e.session_id, min(e.seq) AS seq, max(e.seq) AS seq_end, min(e.t_us) AS t_us, count(*) AS rows_n
FROM events AS e
WHERE e.is_text_redacted AND e.text_len > 0 AND e.text_len <> coalesce(length(e.text), 0) AND NOT e.is_derived
GROUP BY e.session_id
ORDER BY e.session_id
