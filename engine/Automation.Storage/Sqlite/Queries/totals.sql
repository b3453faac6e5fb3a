SELECT
  (SELECT count(*) FROM contact), (SELECT count(*) FROM event), (SELECT count(*) FROM fact), (SELECT coalesce(max(number), 0) FROM message)
