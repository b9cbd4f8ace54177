INSERT INTO workshop VALUES ('empty-course', 'A course to come', 'v0', '2026-01-15T09:30:00Z');
