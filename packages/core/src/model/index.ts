// Closed lists of words, for those who count by them, and words for what is told in many places. Pure, and loads nothing else of Muster.
export { leaksText } from './leaks-text.ts'
export { verdictKinds } from './verdict.ts'
