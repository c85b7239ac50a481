import { expectTypeOf, test } from 'vitest'
import type { FailureCategory } from '../model/failure.ts'
import type { VerdictKind } from '../model/verdict.ts'
import { type failureCategories, type verdictKinds } from './word-schemas.ts'

test('the lists hold every word of their types, and no other', () => {
  expectTypeOf<(typeof failureCategories)[number]>().toEqualTypeOf<FailureCategory>()
  expectTypeOf<(typeof verdictKinds)[number]>().toEqualTypeOf<VerdictKind>()
})
