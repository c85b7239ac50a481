import { describe, expect, test } from 'vitest'
import { CapturedOutput } from './captured-output.ts'

const caps = { headBytes: 10, tailBytes: 10 }

describe('CapturedOutput', () => {
  test('nothing printed is nothing', () => {
    expect(new CapturedOutput(caps).text()).toBeUndefined()
  })

  test('what fits is kept whole', () => {
    const output = new CapturedOutput(caps)
    output.add('0123456789')
    output.add('abc')
    expect(output.text()).toEqual({ head: '0123456789abc', tail: '', omittedBytes: 0 })
  })

  test('of too much the beginning and the end are kept, and what is missing is counted', () => {
    const output = new CapturedOutput(caps)
    for (let at = 0; at < 1000; at += 1) output.add(`${at % 10}`)
    expect(output.text()).toEqual({ head: '0123456789', tail: '0123456789', omittedBytes: 980 })
    expect(output.lastWords(3)).toBe('789')
  })

  test('a cut never goes through a character', () => {
    const output = new CapturedOutput({ headBytes: 5, tailBytes: 5 })
    output.add('ä'.repeat(20))
    expect(output.text()).toEqual({ head: 'ää', tail: 'ää', omittedBytes: 32 })
  })

  test('what was lost on the way counts as left out', () => {
    const output = new CapturedOutput(caps)
    output.add('begin')
    output.add('end', 100)
    expect(output.text()).toEqual({ head: 'begin', tail: 'end', omittedBytes: 100 })
  })
})
