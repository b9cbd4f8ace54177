INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', 'x', 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'B', NULL, 'org/course:b', NULL);
INSERT INTO step_metadata VALUES ('a', 'k', 'v');
INSERT INTO step_metadata VALUES ('a', 'l', 'text' || char(10));
INSERT INTO step_metadata VALUES ('a', 'm', 'w');
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', NULL, 'a', NULL);
