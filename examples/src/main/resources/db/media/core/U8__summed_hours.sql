DROP TABLE summed_hour_streams;
DROP TABLE summed_hour_decisions;
DROP TABLE summed_hour_platforms;
DROP TABLE summed_hours;
