// Where the answers of runners are kept: beside the database and named after it, so that deleting everything of a project is
// deleting one folder.

/** The folder of kept answers that belongs to a database, absolute as that is. */
export function discoveryPath(storePath: string): string {
  return `${storePath.replace(/\.db$/, '')}.discovery`
}
