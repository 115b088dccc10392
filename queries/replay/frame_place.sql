-- Where one screenshot's bytes lie.
--
-- The byte routes read one row group of this file; consent was applied when the index was built.
--
-- param session_id VARCHAR: session of the screenshot
-- param frame_id VARCHAR: screenshot
-- returns one row, none when the screenshot is unknown or hidden
-- column frame_id VARCHAR: screenshot
-- column file VARCHAR: Parquet file, relative to the dataset
-- column file_row BIGINT: row in that file, from 0
-- column format VARCHAR: encoding of the stored bytes
-- column sha256 VARCHAR: sha256 of the stored bytes
SELECT
    frame_id,
    file,
    file_row,
    format,
    sha256
FROM frames_index
WHERE session_id = $session_id::VARCHAR AND frame_id = $frame_id::VARCHAR
ORDER BY frame_id ASC
