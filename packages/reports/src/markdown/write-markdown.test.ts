// The summary page of a CI job.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeFailure } from '@muster/core/failure'
import { anyReport, hostileText, reportOfTasks } from '../laws/any-report.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { codeBlock, htmlCode } from './markdown-text.ts'
import { writeMarkdown } from './write-markdown.ts'

const bytes = (text: string): number => Buffer.byteLength(text)

test('what broke, why and what to do come first; the rest is folded', () => {
  expect(writeMarkdown(sampleReport)).toMatchInlineSnapshot(`
    "## ❌ 3 of 6 tasks did not pass: 1 failed, 2 blocked.

    | tasks | passed | flaky | failed | blocked | skipped | cases | time |
    | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | 6 | 1 | 1 | 1 | 2 | 1 | 3 | 5.0 s |

    ### Failures

    <details open><summary><b><code>cart › removes</code></b> in <code>src/cart.test.ts:9</code></summary>

    \`\`\`
    expected 1 to be 2
    Diff below
    \`\`\`

    The code does something else than the test expects. Decide which of the two is right, and change the other. It blocked 2 tasks.

    </details>

    ### Flaky

    - <code>pays</code> passed in try 2 in <code>src/pay.test.ts</code>, failed first with <code>socket hang up</code>
    ### Blocked (2)

    - \`cart\` blocked \`checkout\`, \`receipt\`

    ### Did not run

    - 1 task skipped: \`removed soon\` (\`legacy\`)

    <details><summary>Time</summary>

    - <code>pay</code> alone took 4.1 s of 5.0 s: no number of workers makes the run shorter than that. Split it.
    - Starting <code>pay</code> first would have saved 900 ms.
    - One more slot for tasks would have saved 900 ms.
    - Had <code>pay</code> needed one attempt, the run would have been 500 ms shorter.

    | slowest | time |
    | --- | ---: |
    | <code>pay</code> | 4.1 s |
    | <code>cart</code> | 1.1 s |
    | <code>db-setup</code> | 900 ms |

    </details>

    ### Next

    - \`npx muster explain cart\` tells the whole story of the first failure
    - \`npx muster run cart\` runs only what failed
    - \`npx muster history\` shows how often the flaky ones failed before

    "
  `)
})

test('it is never longer than it may be, says what it left out, and leaves no fold open', () => {
  fc.assert(
    fc.property(anyReport, fc.integer({ min: 0, max: 6000 }), (report, maxBytes) => {
      const text = writeMarkdown(report, { maxBytes })
      expect(bytes(text)).toBeLessThanOrEqual(maxBytes)
      expect(text.split('<details').length).toBe(text.split('</details>').length)
    }),
  )
})

test('a thousand different failures fit, the first ones whole', () => {
  const tasks = Array.from({ length: 1000 }, (_, at) => {
    const failure = makeFailure({
      category: 'network',
      message: `host ${'abcdefghij'.slice(at % 10)}${'x'.repeat(at)}`,
      evidence: [],
    })
    return { id: `t${at}`, kind: 'command', verdict: { kind: 'failed' as const, failure }, attempts: [] }
  })
  const text = writeMarkdown(reportOfTasks(tasks))
  expect(bytes(text)).toBeLessThanOrEqual(65_000)
  expect(text).toMatch(/^\d+ more failures are left out to keep this short\.$/m)
  expect(text).toContain('<details open>')
  expect(text).toContain('### Next')
})

test('nothing that a test is called or says leaves its code', () => {
  fc.assert(
    fc.property(
      fc.oneof(hostileText, fc.constantFrom('</code><script>', '```\n# h', '</details>', '@team', '[a](b)')),
      (text) => {
        expect(htmlCode(text)).toMatch(/^<code>[^<>\n]*<\/code>$/)
        const [fence = '', ...lines] = codeBlock(text).split('\n')
        expect(lines.at(-1)).toBe(fence)
        expect(lines.slice(0, -1).some((line) => line.trim().startsWith(fence))).toBe(false)
      },
    ),
  )
})
