// How a database grew, version by version. A step that was ever released is never edited: databases of its version are out
// there, and each new one walks the same steps, so that all of a version look alike.

/** One version of the schema and what leads to it from the one before. */
export interface SchemaStep {
  readonly version: number
  readonly adds: string
  readonly sql: string
}

/** Marks a database as ours: "Must" in ASCII. */
export const applicationId = 0x4d757374

/**
 * All versions, oldest first.
 *
 * @example
 * ```ts
 * for (const { sql } of schemaSteps.slice(0, 2)) database.exec(sql) // a database of version 2, once user_version says so
 * ```
 */
export const schemaSteps: readonly SchemaStep[] = [
  {
    version: 1,
    adds: 'runs, journal and details',
    sql: `
      PRAGMA application_id = ${applicationId};
      CREATE TABLE runs (
        key INTEGER PRIMARY KEY,
        run TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        created_at_wall_ms REAL NOT NULL,
        status TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        owner TEXT,
        lease_expires_wall_ms REAL
      ) STRICT;
      CREATE TABLE journal (
        position INTEGER PRIMARY KEY,
        epoch INTEGER NOT NULL,
        bytes TEXT NOT NULL
      ) STRICT;
      CREATE TABLE details (
        run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (run, name)
      ) STRICT, WITHOUT ROWID;`,
  },
  {
    version: 2,
    adds: 'history, and which runs were folded into it',
    sql: `
      CREATE TABLE history (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE folded (run TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  },
  {
    version: 3,
    adds: 'checksums, compressed details, and owners that are known to be dead before their lease is over',
    // Rows from before have no checksum. An encoding of 0 is plain UTF-8, 1 is Zstandard.
    sql: `
      ALTER TABLE journal ADD COLUMN crc INTEGER;
      ALTER TABLE runs ADD COLUMN machine TEXT;
      ALTER TABLE runs ADD COLUMN pid INTEGER;
      ALTER TABLE runs ADD COLUMN started TEXT;
      ALTER TABLE runs ADD COLUMN lease_expires_boot_ms REAL;
      CREATE TABLE details_3 (
        run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
        name TEXT NOT NULL,
        encoding INTEGER NOT NULL,
        crc INTEGER,
        bytes BLOB NOT NULL,
        PRIMARY KEY (run, name)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO details_3 SELECT run, name, 0, NULL, CAST(text AS BLOB) FROM details;
      DROP TABLE details;
      ALTER TABLE details_3 RENAME TO details;`,
  },
]

/** The version that this code writes. */
export const schemaVersion: number = schemaSteps.length
