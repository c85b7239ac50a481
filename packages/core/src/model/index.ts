// Closed lists of words, for those who count by them. Pure, and loads nothing else of Muster.
export { verdictKinds } from './verdict.ts'
