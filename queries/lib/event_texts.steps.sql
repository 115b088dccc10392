-- Steps: the texts of events, each with the channel that it is told as.
--
-- Reads `read_events`: rows of events, with session_id, kind, seq, t_us, window_title, url, element_name and
-- text. event_texts: session_id, channel, source_column, text, seq, t_us; a row for each of the four columns,
-- also where it holds no text.
event_texts AS (
  SELECT session_id, 'window_title' AS channel, 'window_title' AS source_column, window_title AS text, seq,
    t_us
  FROM read_events
  UNION ALL SELECT session_id, 'url', 'url', url, seq, t_us FROM read_events
  UNION ALL SELECT session_id, 'element_name', 'element_name', element_name, seq, t_us FROM read_events
  UNION ALL
  SELECT session_id,
    CASE WHEN kind IN ('clipboard_copy', 'clipboard_cut', 'clipboard_paste') THEN 'clipboard'
    ELSE 'typed' END, 'text', text, seq, t_us
  FROM read_events
)
