INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', 'text' || char(10), 'org/course:a', NULL);
INSERT INTO step_metadata VALUES ('a', 'hint.2', 'y');
INSERT INTO step_metadata VALUES ('a', 'hint.10', 'x');
INSERT INTO navigation VALUES ('a', NULL, NULL, NULL);
