CREATE TABLE workshop (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    version     TEXT NOT NULL DEFAULT 'v1',
    created_at  DATETIME NOT NULL
);
CREATE TABLE steps (
    id              TEXT PRIMARY KEY,
    workshop_id     TEXT NOT NULL REFERENCES workshop(id),
    position        INTEGER NOT NULL,
    title           TEXT NOT NULL,
    markdown        TEXT,
    image_tag       TEXT NOT NULL,
    goss_spec       TEXT
);
CREATE TABLE step_metadata (
    step_id  TEXT NOT NULL REFERENCES steps(id),
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (step_id, key)
);
CREATE TABLE navigation (
    step_id           TEXT PRIMARY KEY REFERENCES steps(id),
    next_step_id      TEXT REFERENCES steps(id),
    prev_step_id      TEXT REFERENCES steps(id),
    unlock_condition  TEXT
);
CREATE TABLE runtime_state (
    workspace_id  TEXT NOT NULL,
    step_id       TEXT NOT NULL REFERENCES steps(id),
    status        TEXT NOT NULL,
    started_at    DATETIME,
    completed_at  DATETIME,
    PRIMARY KEY (workspace_id, step_id)
);
CREATE TABLE custom_state (
    workspace_id  TEXT NOT NULL,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, key)
);
INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
UPDATE workshop SET created_at = 5;
CREATE INDEX by_date ON workshop (created_at);
CREATE TABLE other (its_date);
INSERT INTO other VALUES (5.0);
CREATE INDEX elsewhere ON other (its_date);
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET rootpage = (
    SELECT rootpage FROM sqlite_master WHERE name = 'elsewhere'
) + (
    SELECT rootpage FROM sqlite_master WHERE name = 'by_date'
) - rootpage WHERE name IN ('elsewhere', 'by_date');
PRAGMA writable_schema = RESET;
DROP TABLE other;
