// Closed lists of words, for those who count by them, words for what is told in many places, and the cases of a task as they
// count. Pure, and loads nothing else of Muster.
export { leaksText } from './leaks-text.ts'
export { isChargedFor } from './is-charged-for.ts'
export { mergedCases, type MergedCase } from './merged-cases.ts'
export { mergedCounts, toldCounts } from './merged-counts.ts'
export { scopeText } from './scope-text.ts'
export { verdictKinds } from './verdict.ts'
