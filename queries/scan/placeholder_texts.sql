-- Texts with placeholders that may tell something: in brackets, or a row of stars or dots.
--
-- More than those is given: which of them are placeholders is for the reader to decide. Rows made from other
-- rows are left out.
--
-- returns one row per session, channel, column and text, in this order
-- column session_id VARCHAR: session
-- column channel VARCHAR: window_title, url, clipboard, typed or element_name
-- column source_column VARCHAR: column of events that holds the text
-- column text VARCHAR: the text
-- column seq BIGINT: first row that holds it
-- column seq_end BIGINT: last row that holds it
-- column t_us BIGINT [us]: time of the first row
WITH read_events AS (
  SELECT session_id, kind, seq, t_us, window_title, url, element_name, text
  FROM events
  WHERE NOT is_derived
),
-- steps of lib/event_texts
SELECT
  r.session_id, r.channel, r.source_column, r.text, min(r.seq) AS seq, max(r.seq) AS seq_end,
  min(r.t_us) AS t_us
FROM event_texts AS r
WHERE r.text LIKE '%<%>%' OR r.text LIKE '%[%]%' OR r.text LIKE '%3C%3E%' OR r.text LIKE '%****%'
  OR r.text LIKE '%••••%' OR r.text LIKE '%●●●●%'
GROUP BY r.session_id, r.channel, r.source_column, r.text
ORDER BY r.session_id, r.channel, r.source_column, r.text
