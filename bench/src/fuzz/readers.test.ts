// A small helping of the benchmark `fuzz`, so that a reader that crashes is noticed by the tests already.
import { isMusterError } from '@muster/core/errors'
import { expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { inputsOf } from './inputs.ts'
import { Witness } from './pollution.ts'
import { openReaders } from './readers.ts'

const corpus = await readCorpus()
const readers = await openReaders()

test('every document of the corpus is read as it is, before anything is damaged', async () => {
  for (const { name, read } of readers) for (const text of corpus[name]) await read(text)
})

test('the same seed and number give the same input', () => {
  const [one, other] = [inputsOf(7, corpus, readers), inputsOf(7, corpus, readers)]
  for (let number = 0; number < 200; number += 1) expect(one(number).text).toBe(other(number).text)
})

test('damaged documents are answered or refused with a code, and nothing shared is changed', async () => {
  const inputAt = inputsOf(42, corpus, readers)
  const witness = new Witness()
  for (let number = 0; number < 2000; number += 1) {
    const { reader, text } = inputAt(number)
    try {
      await reader.read(text)
    } catch (error) {
      if (!isMusterError(error)) throw error
    }
  }
  expect(witness.restore()).toEqual([])
})
