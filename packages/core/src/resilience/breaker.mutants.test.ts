// Planted faults in a breaker: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { closedBreaker } from './breaker-state.ts'
import { everyHoldEnds, keepsItsRules, type NextBreaker } from './laws/breaker-laws.ts'
import { nextBreaker } from './next-breaker.ts'

const rules: Readonly<Record<string, NextBreaker>> = {
  'never opens': (state, event, context) => (state.kind === 'closed' ? state : nextBreaker(state, event, context)),
  'opens one failure late': (state, event, context) => {
    const { options } = context
    const late = { ...options, failures: options.failures + 1, window: options.window + 1 }
    return nextBreaker(state, event, { ...context, options: state.kind === 'closed' ? late : options })
  },
  'forgets how old an event is': (state, event, context) =>
    nextBreaker(state, event, { ...context, options: { ...context.options, windowMs: 1e9 } }),
  'forgets its window': (state, event, context) =>
    nextBreaker(state, event, { ...context, options: { ...context.options, window: 1000 } }),
  'half-opens early': (state, event, context) =>
    nextBreaker(state, event, { ...context, nowMs: context.nowMs + (state.kind === 'open' ? 5 : 0) }),
  'closes without a success': (state, event, context) => {
    const after = nextBreaker(state, event, context)
    return state.kind === 'open' && after.kind === 'half-open' ? closedBreaker : after
  },
  'closes after the first of several successes': (state, event, context) =>
    nextBreaker(state, event, { ...context, options: { ...context.options, closeAfter: 1 } }),
  'does not count its probes': (state, event, context) =>
    event.kind === 'probe-started' ? state : nextBreaker(state, event, context),
  'takes the probe of an opening before it closed for its own': (state, event, context) => {
    const isOld = event.kind === 'probe-ended' && state.kind === 'half-open' && event.opened < state.opened - 1
    return nextBreaker(state, isOld ? { ...event, opened: state.opened } : event, context)
  },
  'takes the probe of an earlier opening for its own': (state, event, context) => {
    const isProbe = event.kind === 'probe-ended' && state.kind === 'half-open'
    return nextBreaker(state, isProbe ? { ...event, opened: state.opened } : event, context)
  },
  'stays open for longer than it may': (state, event, context) => {
    const after = nextBreaker(state, event, context)
    return after.kind === 'open' && state.kind !== 'open' ? { ...after, untilMs: after.untilMs + 200 } : after
  },
  'lets a failed probe pass': (state, event, context) =>
    event.kind === 'probe-ended' && event.as === 'failed' ? state : nextBreaker(state, event, context),
}
test.each(Object.keys(rules))('a breaker that %s is noticed', (fault) => {
  expect(() => {
    keepsItsRules(rules[fault] ?? nextBreaker)
  }).toThrow()
})

const holds: Readonly<Record<string, NextBreaker>> = {
  'is never spent': (state, event, context) =>
    nextBreaker(state, event, { ...context, options: { ...context.options, maxHeldMs: Infinity } }),
  'waits for a probe for ever': (state, event, context) =>
    nextBreaker(state, event, { ...context, options: { ...context.options, probeMs: Infinity } }),
  'stays open for ever': (state, event, context) =>
    state.kind === 'open' ? state : nextBreaker(state, event, context),
}
test.each(Object.keys(holds))('a breaker that %s is noticed by the hold that does not end', (fault) => {
  expect(() => {
    everyHoldEnds(holds[fault] ?? nextBreaker)
  }).toThrow()
})
