INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
INSERT INTO step_metadata VALUES ('a', 't1', char(124112) || 'a');
INSERT INTO step_metadata VALUES ('a', 't2', 'a' || char(124112));
INSERT INTO step_metadata VALUES ('a', 't3', char(191472));
INSERT INTO navigation VALUES ('a', NULL, NULL, NULL);
