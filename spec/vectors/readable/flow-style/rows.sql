INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'B', NULL, 'org/course:b', NULL);
INSERT INTO step_metadata VALUES ('a', 'hint.1', 'a');
INSERT INTO step_metadata VALUES ('a', 'hint.2', 'b c');
INSERT INTO step_metadata VALUES ('a', 'k', 'http://x.y/z');
INSERT INTO navigation VALUES ('a', NULL, NULL, '');
INSERT INTO navigation VALUES ('b', NULL, NULL, NULL);
