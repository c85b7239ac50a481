import { expect, test } from 'vitest'
import { commands } from './command-line.ts'
import { renderCommandHelp, renderMainHelp } from './render-help.ts'

test('help fits 80 columns', () => {
  const lines = [renderMainHelp('10.20.30'), ...commands.map(renderCommandHelp)].flatMap((text) => text.split('\n'))
  expect(lines.length).toBeGreaterThan(100)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
})
