SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM event), (SELECT count(*) FROM fact), (SELECT count(*) FROM message)
