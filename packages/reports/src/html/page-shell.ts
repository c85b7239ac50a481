// The HTML around the client. What stands in it before the script runs is for those who see it without scripts, in a mail or
// on a server that forbids them: what failed, in plain HTML. Nothing of a report is ever written unescaped.
import { escapeHtml } from '../markdown/markdown-text.ts'
import { plainLine } from '../text/plain-text.ts'
import type { ClientBundle } from './client-bundle.ts'
import type { ReportData } from './report-data.ts'
import { numberAt } from './run-lengths.ts'

/** Failures listed for readers without scripts. */
const mostListed = 50

/** The whole document. */
export function pageShell(data: ReportData, client: ClientBundle): string {
  const policy = [
    "default-src 'none'",
    `script-src '${client.scriptHash}'`,
    `style-src '${client.styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="@muster/reports">
<title>${escapeHtml(titleOf(data))}</title>
<link rel="icon" href="${iconOf(data)}">
<style>${client.style}</style>
</head>
<body>
<div id="page">
${plainPage(data)}
</div>
<script type="application/json" id="report-data">${embedded(data)}</script>
<script>${client.script}</script>
</body>
</html>
`
}

/** JSON that cannot end its element: no `<` is left in it. */
function embedded(data: ReportData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}

function titleOf({ exit, sentence, run }: ReportData): string {
  const mark = { passed: '✓', failed: '✕', 'nothing-ran': '!', interrupted: '‖' }[exit]
  return `${mark} ${sentence} ${plainLine(run)}`
}

/** A shape for the tab: round for good, square for bad. */
function iconOf({ exit }: ReportData): string {
  const shape =
    exit === 'passed'
      ? "<circle cx='8' cy='8' r='7' fill='%231d7a55'/>"
      : `<rect x='1' y='1' width='14' height='14' rx='2' fill='${exit === 'failed' ? '%23c0311f' : '%238a6100'}'/>`
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${shape}</svg>`
    .replaceAll('<', '%3c')
    .replaceAll('>', '%3e')
}

function plainPage({ sentence, run, startedAt, causes, cases, failures, texts }: ReportData): string {
  const items = causes.slice(0, mostListed).map(({ failure, cases: found, todo, title: cause, marks = [] }) => {
    const first = found[0] ?? 0
    const title = plainLine(cases.titles[first] ?? '')
    const more = found.length > 1 ? ` and ${found.length - 1} more` : ''
    const { message = '', label = '', frame } = failures[failure] ?? {}
    const line = cases.lines[first] ?? 0
    const file = texts[numberAt(cases.files, first)] ?? ''
    const place = frame ?? (line === 0 ? file : `${file}:${line}`)
    const told = [...(cause === undefined ? [] : [cause]), ...marks].join(' · ')
    return [
      `<li><b>${escapeHtml(title)}</b>${more}: ${escapeHtml(plainLine(message.slice(0, 300)))}`,
      `<p>${escapeHtml(
        [place, label]
          .filter((part) => part !== '')
          .map(plainLine)
          .join(' · '),
      )}</p>`,
      ...(found.length < 2 && marks.length === 0 ? [] : [`<p>${escapeHtml(plainLine(told))}</p>`]),
      `<p>${escapeHtml(plainLine(todo))}</p></li>`,
    ].join('\n')
  })
  return [
    '<main class="plain">',
    `<h1>${escapeHtml(sentence)}</h1>`,
    `<p>Run ${escapeHtml(plainLine(run))}, ${escapeHtml(startedAt)}</p>`,
    ...(items.length === 0 ? [] : [`<ol>${items.join('\n')}</ol>`]),
    '<p>The rest of this report needs scripts to be allowed.</p>',
    '</main>',
  ].join('\n')
}
