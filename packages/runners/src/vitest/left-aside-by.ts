// Which files the configuration of Vitest takes out. Files of another runner may lie among them: what is taken out there was
// often meant for nobody, a fixture that only looks like a test, say.
import picomatch from 'picomatch'
import type { LeftAside } from './found-files.ts'

/** Tells of a file, relative to `root`, whether every Vitest project in whose folder it lies takes it out. */
export function leftAsideBy(given: readonly LeftAside[], root: string): (file: string) => boolean {
  const projects = given.map(({ folder, globs }) => ({ folder, takesOut: picomatch([...globs], { dot: true }) }))
  return (file) => {
    const path = `${root.replace(/\/$/, '')}/${file}`
    const around = projects.filter(({ folder }) => path.startsWith(`${folder}/`))
    return around.length > 0 && around.every(({ folder, takesOut }) => takesOut(path.slice(folder.length + 1)))
  }
}
