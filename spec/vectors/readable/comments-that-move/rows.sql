INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', 'x', 'org/course:a', 'a b' || char(10));
INSERT INTO step_metadata VALUES ('a', 'k', 'text' || char(10));
INSERT INTO step_metadata VALUES ('a', 'l', 'quoted');
INSERT INTO step_metadata VALUES ('a', 'm', 'one' || char(10) || 'two');
INSERT INTO navigation VALUES ('a', NULL, NULL, NULL);
