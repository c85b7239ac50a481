import { expect, test } from 'vitest'
import { oneLine } from './one-line.ts'

test('members of an object type that stand on several lines are parted by semicolons', () => {
  const declared = `result?:
    | {
        readonly ending: 'finished' | 'interrupted'
        /** In milliseconds. */
        readonly durationMs: number
        readonly of: readonly {
          readonly a: string
        }[]
      }
    | undefined`
  expect(oneLine(declared)).toBe(
    "result?: { readonly ending: 'finished' | 'interrupted'; readonly durationMs: number; readonly of: readonly { readonly a: string }[] } | undefined",
  )
})

test('a type that goes on in the next line is not cut', () => {
  expect(oneLine("kind:\n  | 'a'\n  | 'b'")).toBe("kind: 'a' | 'b'")
  expect(oneLine('run(\n  task: Task,\n  n: number,\n): Promise<\n  void\n>')).toBe(
    'run(task: Task, n: number): Promise<void>',
  )
})

test('what stands in one line already stays as it is', () => {
  expect(oneLine('a: { readonly b: string; readonly c: 1 | 2 }')).toBe('a: { readonly b: string; readonly c: 1 | 2 }')
})
