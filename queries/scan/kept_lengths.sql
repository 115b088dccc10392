-- Rows that still say how long a text was that was masked.
--
-- A length that is that of the text as it stands now, with its placeholder, says nothing and is not counted.
--
-- returns one row per session and channel that has such rows, in this order
-- column session_id VARCHAR: session
-- column channel VARCHAR: clipboard or typed
-- column seq BIGINT: first such row
-- column seq_end BIGINT: last such row
-- column t_us BIGINT [us]: time of the first such row
-- column rows_n BIGINT: such rows
WITH read_events AS (
  SELECT session_id, kind, seq, t_us, window_title, url, element_name, text
  FROM events
  WHERE is_text_redacted AND text_len > 0 AND text_len <> coalesce(length(text), 0) AND NOT is_derived
),
-- steps of lib/event_texts
SELECT
  k.session_id, k.channel, min(k.seq) AS seq, max(k.seq) AS seq_end, min(k.t_us) AS t_us, count(*) AS rows_n
FROM event_texts AS k
WHERE k.source_column = 'text'
GROUP BY k.session_id, k.channel
ORDER BY k.session_id, k.channel
