// What a log comes to, for a person: the category and whose fault it is, the line it rests on among its neighbours, and what to
// do. The line is marked by a sign as well as by colour, since colour does not survive a pipe.
import type { ExplainedFailure } from '@muster/core/failure'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** Lines shown before and after the one that told. */
const around = 2

/** The explanation of a log as lines. */
export function renderClassified(
  { failure, line }: ExplainedFailure,
  text: string,
  { paint }: Look,
): readonly string[] {
  const { category, code, fault, rule, confidence = 0, phase, severity, suggestion, evidence } = failure
  const kind = code === undefined ? category : `${category}, ${code}`
  const facts = [
    `fault: ${fault}`,
    retryWords(failure, text),
    ...(severity === undefined ? [] : [`severity: ${severity}`]),
    ...(phase === undefined ? [] : [`phase: ${phase}`]),
  ]
  const told = rule === undefined ? 'no rule' : `rule ${rule}, ${String(Math.round(confidence * 100))} % sure`
  return [
    `${paint('bold', kind)} ${paint('dim', `(${told})`)}`,
    `  ${facts.join('; ')}`,
    ...(line === undefined
      ? evidence.slice(0, 1).map((piece) => `  from ${oneLine(piece)}`)
      : excerpt(text, line.number).map(({ number, said }) =>
          number === line.number
            ? paint('yellow', `> ${String(number).padStart(6)}  ${oneLine(said)}`)
            : paint('dim', `  ${String(number).padStart(6)}  ${oneLine(said)}`),
        )),
    ...(suggestion === undefined ? [] : [`  ${suggestion}`]),
  ]
}

/** A log in which nothing failed gives no reason to try anything again. */
function retryWords({ category, transient, evidence }: ExplainedFailure['failure'], text: string): string {
  if (
    category === 'unknown' &&
    !evidence.some((piece) => /^(?:exit code [1-9-]|signal )/.test(piece)) &&
    !failedWords.test(text)
  )
    return text.trim() === '' ? 'nothing failed in it: it is empty' : 'nothing failed in it'
  return transient ? 'a retry may help' : 'a retry does not help'
}

const failedWords =
  /\b(?:fail(?:ed|ure|ures|ing)?|error|errors|fatal|panic|exception|crash(?:ed)?|abort(?:ed)?|not ok)\b|[✗✕×✖]/iu

function excerpt(text: string, number: number): readonly { readonly number: number; readonly said: string }[] {
  const first = Math.max(1, number - around)
  return text
    .split('\n')
    .slice(first - 1, number + around)
    .map((said, at) => ({ number: first + at, said: said.length > 400 ? `${said.slice(0, 400)} …` : said }))
}
