// Some messages name their cause ("relation users does not exist"); others say only that something was not as expected, and
// hundreds of causes share them ("expected <n> to be <n>"). The difference decides whether the message alone may hold failures
// of different tests together.
import { isMask } from './message-template.ts'

/** Words that every test framework and every language uses, whatever the cause. */
const stock = new Set(
  `a an and any are as assert asserted assertion assertionerror at be been being but by call called calls cannot can could
  deep deeply did differ different do does done ensure equal equality equals error errors exceeded exception expect expected
  fail failed failing failure false first for found from function got had has have identical in instance into is it its items
  length long max message milliseconds min minutes more most ms msg nan no none not null number object of on one or out
  passed promise properties property read reading received resolved rejected returned returning run runs same second seconds
  set should spy strict strictly string test tests than that the then this thrown throw time timed timeout times to true truthy
  falsy type typeerror undefined unexpected value values was were when which while with within would you your actual wanted
  array boolean left right result results contain contains include includes match matched matches tobe toequal tomatch
  tostrictequal tocontain tothrow obj arg args argument arguments callback hook hooks async returning limit after before
  missing required invalid line lines fatal`.split(/\s+/),
)

/** How many different words of a template say something of the cause. */
export function tellingWords(tokens: readonly string[]): number {
  const telling = new Set<string>()
  for (const token of tokens) {
    if (isMask(token)) continue
    for (const word of token.split(/[^A-Za-z]+/)) {
      const lower = word.toLowerCase()
      if (lower.length >= 3 && !stock.has(lower) && !/^(?:path|quoted|hex|url)$/.test(lower)) telling.add(lower)
    }
  }
  return telling.size
}
