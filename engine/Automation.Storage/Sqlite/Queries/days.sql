SELECT day, journey, name, value FROM journey_day WHERE day >= ?1
