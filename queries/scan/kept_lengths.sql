-- Rows that still say how long a text was that was masked.
--
-- A length that is that of the text as it stands now, with its placeholder, says nothing and is not counted.
--
-- returns one row per session that has such rows
-- column session_id VARCHAR: session
-- column seq BIGINT: first such row
-- column seq_end BIGINT: last such row
-- column rows_n BIGINT: such rows
SELECT session_id, min(seq) AS seq, max(seq) AS seq_end, count(*) AS rows_n
FROM events
WHERE is_text_redacted AND text_len > 0 AND text_len <> coalesce(length(text), 0) AND NOT is_derived
GROUP BY session_id
ORDER BY session_id
