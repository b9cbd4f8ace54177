INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
INSERT INTO step_metadata VALUES ('a', '1', 'a');
INSERT INTO step_metadata VALUES ('a', '1.0', 'b');
INSERT INTO step_metadata VALUES ('a', '2026-01-15', 'c');
INSERT INTO step_metadata VALUES ('a', 'none', 'of these');
INSERT INTO step_metadata VALUES ('a', 'true', 'bool');
INSERT INTO step_metadata VALUES ('a', 'two' || char(10) || 'lines', 'text');
INSERT INTO navigation VALUES ('a', NULL, NULL, NULL);
