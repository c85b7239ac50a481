// Where the files of attempts are kept: beside the database and named after it. What no kept run names is deleted from there,
// and only this database knows which runs are kept: two of them in one folder must not share it.

/** The folder of artifacts that belongs to a database, absolute as that is. */
export function artifactsPath(storePath: string): string {
  return `${storePath.replace(/\.db$/, '')}.artifacts`
}
