-- Texts with something in angle brackets, where placeholders with numbers would stand.
--
-- Rows made from other rows are left out.
--
-- returns one row per session, column and text, in this order
-- column session_id VARCHAR: session
-- column source_column VARCHAR: column of events that holds the text
-- column text VARCHAR: the text
-- column seq BIGINT: first row that holds it
WITH marked AS (
  SELECT session_id, window_title, url, element_name, text, seq
  FROM events
  WHERE NOT is_derived
), rows_in AS (
  SELECT session_id, 'window_title' AS source_column, window_title AS text, seq
  FROM marked
  WHERE window_title LIKE '%<%>%'
  UNION ALL
  SELECT session_id, 'url', url, seq FROM marked WHERE url LIKE '%<%>%' OR url LIKE '%3C%'
  UNION ALL
  SELECT session_id, 'element_name', element_name, seq FROM marked WHERE element_name LIKE '%<%>%'
  UNION ALL
  SELECT session_id, 'text', text, seq FROM marked WHERE text LIKE '%<%>%'
)
SELECT r.session_id, r.source_column, r.text, min(r.seq) AS seq
FROM rows_in AS r
GROUP BY r.session_id, r.source_column, r.text
ORDER BY r.session_id, r.source_column, r.text
