import { expectTypeOf, test } from 'vitest'
import type { FailureCategory } from '../model/failure.ts'
import type { VerdictKind, verdictKinds } from '../model/verdict.ts'
import type { failureCategories } from './word-schemas.ts'

test('the lists hold every word of their types, and no other', () => {
  expectTypeOf<(typeof failureCategories)[number]>().toEqualTypeOf<FailureCategory>()
  expectTypeOf<(typeof verdictKinds)[number]>().toEqualTypeOf<VerdictKind>()
})
