// One test under several spellings: tools write `/spec/a.rb`, `./spec/a.rb` and `spec\a.rb` for the same file, and a history
// that is kept under one of them would know nothing of the others.

/** The id without what tools write differently: no `./` or `/` before it, `/` between folders. */
export function normalTestId(id: string): string {
  return id.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')
}

/** Folders and files that a test is in, by its id, the nearest first; the last one holds every test. */
export function placesOf(id: string): readonly string[] {
  const normal = normalTestId(id)
  const places: string[] = []
  for (let end = normal.length; end > 0;) {
    // A test in a file stands behind `::`, `#` or ` > `.
    end = Math.max(
      normal.lastIndexOf('/', end - 1),
      normal.lastIndexOf('::', end - 1),
      normal.lastIndexOf(' > ', end - 1),
    )
    if (end > 0) places.push(normal.slice(0, end))
  }
  return [...places, '']
}
