// The timeline: a row for each slot of each worker, a bar for each attempt. Drawn on a canvas, because a hundred thousand bars as
// elements would be no page any more; what a pointer finds, the keyboard finds too, and is told in words.
import { durationText } from '../../text/duration-text.ts'
import { type Box, clipped, hatch, roundBox } from './canvas-shapes.ts'
import { button, element } from './dom.ts'
import { coloursOf, type GanttColours } from './gantt-colours.ts'
import { firstAfter, type GanttRow, ganttRows, heightOf, laneHeight, rowAt } from './gantt-rows.ts'
import type { Page } from './page.ts'
import { statusOfLetter } from './status.ts'
import { markText, marksOf, panned, pixelOf, type TimeScale, timeOf, zoomed } from './time-scale.ts'
import { visibleLine } from './visible-text.ts'
import { waitWords } from './wait-words.ts'

const axisHeight = 24
const loadHeight = 30
const headHeight = axisHeight + loadHeight
/** Tallest timeline that does not scroll in itself. */
const mostHeight = 460

/** The timeline of the run. */
export class Gantt {
  readonly node: HTMLElement
  readonly #page: Page
  readonly #rows: readonly GanttRow[]
  readonly #canvas: HTMLCanvasElement
  readonly #scroller: HTMLElement
  readonly #tip: HTMLElement = element('div', { class: 'tip', role: 'presentation', hidden: true })
  readonly #path: ReadonlySet<number>
  readonly #load: readonly (readonly [number, number])[]
  #scale: TimeScale
  #selected = -1
  #hovered = -1
  #drag: { readonly x: number; readonly scale: TimeScale; moved: boolean } | undefined
  #waiting = false

  constructor(page: Page) {
    this.#page = page
    this.#rows = ganttRows(page.data, page.attempts)
    this.#path = new Set(page.data.path.map(({ attempt }) => attempt))
    this.#load = loadOf(page)
    this.#scale = { fromMs: 0, toMs: Math.max(1, page.data.endMs), width: 600 }
    const height = headHeight + heightOf(this.#rows) + 8
    this.#canvas = element('canvas', {
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'timeline',
      'aria-label': `Timeline of ${page.attempts.length} attempts on ${page.data.workers.length} workers. Arrow keys move from attempt to attempt, plus and minus zoom, Enter opens.`,
    })
    const filler = element('div', { class: 'gantt-filler' })
    filler.style.height = `${height}px`
    this.#scroller = element('div', { class: 'gantt-scroller' }, this.#canvas, filler)
    this.#scroller.style.height = `${Math.min(height, mostHeight)}px`
    const zoom = (factor: number): void => this.#setScale(zoomed(this.#scale, factor, this.#scale.width / 2, this.#end))
    this.node = element(
      'figure',
      { class: 'card gantt' },
      element(
        'figcaption',
        {},
        element('span', { class: 'gantt-legend' }, ...legend()),
        element(
          'span',
          { class: 'actions' },
          button({ class: 'square', 'aria-label': 'Zoom out' }, () => zoom(0.5), '−'),
          button({ class: 'square', 'aria-label': 'Zoom in' }, () => zoom(2), '+'),
          button({ class: 'link' }, () => this.#fit(), 'Whole run'),
        ),
      ),
      this.#scroller,
      this.#tip,
    )
    this.#listen()
  }

  /** Selects an attempt, and brings it into sight with what is around it. */
  show(at: number): void {
    const { attempts } = this.#page
    const length = Math.max(20, (attempts.closed(at) - attempts.ready(at)) * 3)
    const middle = (attempts.closed(at) + attempts.launched(at)) / 2
    const part = { ...this.#scale, fromMs: middle - length / 2, toMs: middle + length / 2 }
    this.#setScale(length < this.#end ? panned(part, 0, this.#end) : { ...this.#scale, fromMs: 0, toMs: this.#end })
    this.#select(at)
    this.node.scrollIntoView({ block: 'center' })
    this.#canvas.focus({ preventScroll: true })
  }

  /** Draws at once: a printer does not wait for a frame. */
  redrawNow(): void {
    this.#draw()
  }

  /** Draws in the colours of the page as they are now. */
  redraw(): void {
    if (this.#waiting) return
    this.#waiting = true
    requestAnimationFrame(() => {
      this.#waiting = false
      this.#draw()
    })
  }

  get #end(): number {
    return Math.max(1, this.#page.data.endMs)
  }

  #fit(): void {
    this.#setScale({ ...this.#scale, fromMs: 0, toMs: this.#end })
  }

  #setScale(scale: TimeScale): void {
    this.#scale = scale
    this.redraw()
  }

  #listen(): void {
    const canvas = this.#canvas
    new ResizeObserver(() => this.redraw()).observe(this.#scroller)
    this.#scroller.addEventListener('scroll', () => this.redraw(), { passive: true })
    canvas.addEventListener('pointermove', (event) => this.#move(event))
    canvas.addEventListener('pointerleave', () => this.#hover(-1))
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      this.#drag = { x: event.offsetX, scale: this.#scale, moved: false }
      canvas.setPointerCapture(event.pointerId)
    })
    canvas.addEventListener('pointerup', (event) => {
      const isClick = this.#drag?.moved === false
      this.#drag = undefined
      if (!isClick) return
      const at = this.#attemptAt(event.offsetX, event.offsetY)
      this.#select(at)
      if (at >= 0) this.#page.openTask(this.#page.attempts.task(at))
    })
    canvas.addEventListener('pointercancel', () => (this.#drag = undefined))
    canvas.addEventListener(
      'wheel',
      (event) => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault()
          this.#setScale(zoomed(this.#scale, Math.exp(-event.deltaY / 200), event.offsetX, this.#end))
        } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
          event.preventDefault()
          this.#setScale(panned(this.#scale, event.shiftKey ? event.deltaY : event.deltaX, this.#end))
        }
      },
      { passive: false },
    )
    canvas.addEventListener('keydown', (event) => this.#key(event))
    canvas.addEventListener('focus', () => this.redraw())
    canvas.addEventListener('blur', () => {
      this.#hover(-1)
      this.redraw()
    })
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = keySteps[event.key]
    if (step !== undefined) this.#step(step)
    else if (event.key === '+' || event.key === '=') this.#zoomAtSelected(2)
    else if (event.key === '-') this.#zoomAtSelected(0.5)
    else if (event.key === '0') this.#fit()
    else if (event.key === 'Enter' && this.#selected >= 0) this.#page.openTask(this.#page.attempts.task(this.#selected))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #zoomAtSelected(factor: number): void {
    const { attempts } = this.#page
    const pixel = this.#selected < 0 ? this.#scale.width / 2 : pixelOf(this.#scale, attempts.launched(this.#selected))
    const held = Math.min(this.#scale.width, Math.max(0, pixel))
    this.#setScale(zoomed(this.#scale, factor, held, this.#end))
  }

  /** To the next attempt of the lane, or the nearest one of the next lane that has any. */
  #step({ lanes, along }: KeyStep): void {
    const { attempts } = this.#page
    const filled = this.#rows.filter((row) => row.attempts.length > 0)
    const at = this.#selected
    const row = filled.findIndex(
      ({ worker, lane }) => at >= 0 && worker === attempts.worker(at) && lane === attempts.lane(at),
    )
    if (row < 0) {
      this.#select(filled[0]?.attempts[0] ?? -1)
      return
    }
    const target = filled[Math.min(filled.length - 1, Math.max(0, row + lanes))]
    if (target === undefined) return
    const index =
      lanes === 0 ? target.attempts.indexOf(at) + along : firstAfter(target, attempts, attempts.launched(at))
    this.#select(target.attempts[Math.min(target.attempts.length - 1, Math.max(0, index))] ?? at)
  }

  #select(at: number): void {
    this.#selected = at
    if (at >= 0) {
      const { attempts } = this.#page
      const row = this.#rows.find(({ worker, lane }) => worker === attempts.worker(at) && lane === attempts.lane(at))
      const top = headHeight + (row?.top ?? 0)
      const { scrollTop, clientHeight } = this.#scroller
      if (top < scrollTop + headHeight) this.#scroller.scrollTop = top - headHeight
      else if (top + laneHeight > scrollTop + clientHeight) this.#scroller.scrollTop = top + laneHeight - clientHeight
      const { fromMs, toMs } = this.#scale
      const isSeen = attempts.closed(at) >= fromMs && attempts.launched(at) <= toMs
      if (!isSeen) {
        const away = pixelOf(this.#scale, attempts.launched(at)) - this.#scale.width / 2
        this.#setScale(panned(this.#scale, away, this.#end))
      }
      this.#page.announce(this.#words(at).join(', '))
      this.#showTip(at)
    } else this.#tip.hidden = true
    this.redraw()
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag
    if (drag === undefined) {
      this.#hover(this.#attemptAt(event.offsetX, event.offsetY))
      return
    }
    const by = drag.x - event.offsetX
    if (Math.abs(by) > 4) drag.moved = true
    if (drag.moved) this.#setScale(panned(drag.scale, by, this.#end))
  }

  #hover(at: number): void {
    if (at === this.#hovered) return
    this.#hovered = at
    if (at < 0) this.#tip.hidden = true
    else this.#showTip(at)
    this.#canvas.style.cursor = at < 0 ? '' : 'pointer'
    this.redraw()
  }

  #attemptAt(x: number, y: number): number {
    const { attempts } = this.#page
    if (y < headHeight) return -1
    const row = rowAt(this.#rows, y - headHeight + this.#scroller.scrollTop)
    if (row === undefined || row.kind === 'worker') return -1
    // A bar of less than a pixel is still to be hit.
    const near = (this.#scale.toMs - this.#scale.fromMs) / this.#scale.width
    const ms = timeOf(this.#scale, x)
    const at = row.attempts[firstAfter(row, attempts, ms - 2 * near)]
    return at !== undefined && attempts.launched(at) <= ms + 2 * near ? at : -1
  }

  /** An attempt in words. */
  #words(at: number): readonly string[] {
    const { attempts, data } = this.#page
    const starting = attempts.started(at) - attempts.launched(at)
    const n = attempts.n(at)
    return [
      visibleLine(attempts.task(at)),
      `${statusOfLetter(attempts.state(at)).label}${n > 1 ? ` in attempt ${n}` : ''}`,
      `ran ${durationText(attempts.closed(at) - attempts.launched(at))} on ${visibleLine(data.workers[attempts.worker(at)]?.id ?? '')}`,
      `launched ${durationText(attempts.launched(at))} after the start`,
      ...waitWords(attempts, at),
      ...(starting >= 1 ? [`starting: ${durationText(starting)}`] : []),
      ...(this.#path.has(at) ? ['on the critical path'] : []),
    ]
  }

  #showTip(at: number): void {
    const { attempts } = this.#page
    const [name = '', ...rest] = this.#words(at)
    this.#tip.replaceChildren(element('strong', {}, name), ...rest.map((line) => element('span', {}, line)))
    this.#tip.hidden = false
    const row = this.#rows.find(({ worker, lane }) => worker === attempts.worker(at) && lane === attempts.lane(at))
    const x = Math.max(0, pixelOf(this.#scale, attempts.launched(at)))
    const y = headHeight + (row?.top ?? 0) - this.#scroller.scrollTop + laneHeight + 4
    const left = Math.min(x, this.#scroller.clientWidth - this.#tip.offsetWidth - 4)
    this.#tip.style.transform = `translate(${Math.max(4, left)}px, ${this.#scroller.offsetTop + y}px)`
  }

  #draw(): void {
    const canvas = this.#canvas
    const width = this.#scroller.clientWidth
    const height = this.#scroller.clientHeight
    if (width === 0) return
    if (this.#scale.width !== width) this.#scale = { ...this.#scale, width }
    const ratio = devicePixelRatio
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    const context = canvas.getContext('2d')
    if (context === null) return
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    const paint: Paint = { context, width, height, colours: coloursOf(this.node) }
    const scrolled = this.#scroller.scrollTop
    context.save()
    context.beginPath()
    context.rect(0, headHeight, width, height - headHeight)
    context.clip()
    this.#drawMarks(paint, headHeight, height)
    for (const row of this.#rows) {
      const top = headHeight + row.top - scrolled
      if (top + row.height < headHeight || top > height) continue
      if (row.kind === 'worker') this.#drawWorker(paint, row, top)
      else this.#drawLane(paint, row, top)
    }
    this.#drawArrow(paint)
    context.restore()
    this.#drawAxis(paint)
    this.#drawLoad(paint)
  }

  #drawMarks({ context, colours }: Paint, top: number, bottom: number): void {
    context.strokeStyle = colours.line
    context.lineWidth = 1
    context.beginPath()
    for (const mark of marksOf(this.#scale)) {
      const x = Math.round(pixelOf(this.#scale, mark)) + 0.5
      context.moveTo(x, top)
      context.lineTo(x, bottom)
    }
    context.stroke()
  }

  #drawAxis({ context, width, colours }: Paint): void {
    const marks = marksOf(this.#scale)
    const step = (marks[1] ?? 0) - (marks[0] ?? 0)
    context.fillStyle = colours.muted
    context.font = `11px ${colours.font}`
    context.textBaseline = 'middle'
    for (const mark of marks) {
      const x = pixelOf(this.#scale, mark)
      const text = markText(mark, step)
      const half = context.measureText(text).width / 2
      context.fillText(text, Math.min(width - 2 * half - 2, Math.max(2, x - half)), axisHeight / 2)
    }
  }

  /** How many attempts were running at each moment. */
  #drawLoad({ context, width, colours }: Paint): void {
    const most = this.#load.reduce((max, [, count]) => Math.max(max, count), 1)
    const base = headHeight - 4
    const heightOfCount = (count: number): number => (count / most) * (loadHeight - 8)
    context.fillStyle = colours.load
    context.beginPath()
    context.moveTo(0, base)
    let x = 0
    let count = 0
    for (const [ms, next] of this.#load) {
      const to = Math.min(width, Math.max(0, pixelOf(this.#scale, ms)))
      context.lineTo(to, base - heightOfCount(count))
      context.lineTo(to, base - heightOfCount(next))
      x = to
      count = next
    }
    context.lineTo(Math.max(x, 0), base)
    context.closePath()
    context.fill()
    context.strokeStyle = colours.line
    context.beginPath()
    context.moveTo(0, base + 0.5)
    context.lineTo(width, base + 0.5)
    context.stroke()
    context.fillStyle = colours.muted
    context.font = `10px ${colours.font}`
    context.textBaseline = 'top'
    context.fillText(`${most} at once`, 4, axisHeight)
  }

  #drawWorker({ context, width, colours }: Paint, { worker }: GanttRow, top: number): void {
    const { id = '', share = 0, slots = 1, attempts = 0 } = this.#page.data.workers[worker] ?? {}
    context.textBaseline = 'middle'
    context.font = `600 12px ${colours.font}`
    context.fillStyle = colours.text
    const name = clipped(context, visibleLine(id), Math.max(60, width - 210))
    context.fillText(name, 4, top + 15)
    const after = 4 + context.measureText(name).width + 10
    context.font = `11px ${colours.font}`
    context.fillStyle = colours.muted
    const busy = `${Math.round(share * 100)} % busy · ${slots} ${slots === 1 ? 'slot' : 'slots'} · ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
    context.fillText(clipped(context, busy, width - after - 4), after, top + 15)
  }

  #drawLane(paint: Paint, row: GanttRow, top: number): void {
    const { context, width } = paint
    const { attempts } = this.#page
    const first = firstAfter(row, attempts, this.#scale.fromMs)
    let drawn = -1
    for (let index = first; index < row.attempts.length; index++) {
      const at = row.attempts[index] ?? 0
      const from = pixelOf(this.#scale, attempts.launched(at))
      if (from > width) break
      const to = pixelOf(this.#scale, attempts.closed(at))
      // Thousands of bars may share a pixel: one of them is drawn, and every one that did not pass.
      const isPlain = attempts.state(at) === 'p' && at !== this.#selected && at !== this.#hovered
      if (isPlain && to < drawn + 0.6) continue
      drawn = to
      this.#drawBar(paint, at, {
        x: Math.max(-2, from),
        y: top + 2,
        width: Math.max(1, Math.min(width + 2, to) - Math.max(-2, from)),
      })
    }
    context.globalAlpha = 1
  }

  #drawBar({ context, colours }: Paint, at: number, box: Box): void {
    const { attempts } = this.#page
    const height = laneHeight - 5
    const status = statusOfLetter(attempts.state(at)).name
    const look = colours.bars[status] ?? colours.bars['cancelled']
    const started = pixelOf(this.#scale, attempts.started(at))
    const gap = box.width > 3 ? 0.5 : 0
    context.fillStyle = look?.fill ?? colours.line
    roundBox(context, { ...box, width: Math.max(0.75, box.width - gap) }, height)
    context.fill()
    if (started > box.x + 1) {
      context.fillStyle = colours.starting
      context.fillRect(box.x, box.y, Math.min(box.width, started - box.x), height)
    }
    if (status !== 'passed' && box.width > 2) hatch(context, box, height, look?.ink ?? colours.text)
    if (this.#path.has(at)) {
      context.fillStyle = colours.accent
      context.fillRect(box.x, box.y + height + 0.5, Math.max(1, box.width - gap), 2)
    }
    if (at === this.#selected || at === this.#hovered) {
      context.strokeStyle = at === this.#selected ? colours.accent : colours.text
      context.lineWidth = 2
      roundBox(context, { x: box.x - 1, y: box.y - 1, width: Math.max(3, box.width + 2) }, height + 2)
      context.stroke()
    }
    if (box.width < 44) return
    context.font = `11px ${colours.font}`
    context.textBaseline = 'middle'
    context.fillStyle = look?.ink ?? colours.text
    const label = shortName(visibleLine(attempts.task(at)))
    const left = Math.max(box.x, 0) + 5
    context.fillText(clipped(context, label, box.x + box.width - left - 5), left, box.y + height / 2 + 0.5)
  }

  /** From the end of what the selected attempt waited for to its launch. */
  #drawArrow({ context, colours }: Paint): void {
    const { attempts } = this.#page
    const at = this.#selected >= 0 ? this.#selected : this.#hovered
    if (at < 0) return
    const to = { x: pixelOf(this.#scale, attempts.launched(at)), y: this.#middle(at) }
    const ready = pixelOf(this.#scale, attempts.ready(at))
    const waitedFor = attempts.n(at) > 1 ? attempts.task(at) : attempts.waitedFor(at)
    const sources = waitedFor === undefined ? [] : attempts.ofTask(waitedFor)
    const source = attempts.n(at) > 1 ? sources[attempts.n(at) - 2] : sources.at(-1)
    context.strokeStyle = colours.accent
    context.fillStyle = colours.accent
    context.lineWidth = 1.5
    // Dashed as far as it was held up or backed off, whole where it was ready and waited for room.
    context.setLineDash([3, 3])
    context.beginPath()
    if (source !== undefined) context.moveTo(pixelOf(this.#scale, attempts.closed(source)), this.#middle(source))
    else context.moveTo(ready, to.y)
    context.lineTo(Math.min(ready, to.x), to.y)
    context.stroke()
    context.setLineDash([])
    context.beginPath()
    context.moveTo(Math.min(ready, to.x), to.y)
    context.lineTo(to.x, to.y)
    context.stroke()
    context.beginPath()
    context.moveTo(to.x + 1, to.y)
    context.lineTo(to.x - 6, to.y - 4)
    context.lineTo(to.x - 6, to.y + 4)
    context.fill()
  }

  #middle(at: number): number {
    const { attempts } = this.#page
    const row = this.#rows.find(({ worker, lane }) => worker === attempts.worker(at) && lane === attempts.lane(at))
    return headHeight + (row?.top ?? 0) - this.#scroller.scrollTop + (laneHeight - 1) / 2
  }
}

interface KeyStep {
  readonly lanes: number
  readonly along: number
}

const keySteps: Readonly<Record<string, KeyStep>> = {
  ArrowLeft: { lanes: 0, along: -1 },
  ArrowRight: { lanes: 0, along: 1 },
  ArrowUp: { lanes: -1, along: 0 },
  ArrowDown: { lanes: 1, along: 0 },
}

interface Paint {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly colours: GanttColours
}

/** The last part of a path says which file it is. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1) || name
}

/** Running attempts at each time at which their number changed. */
function loadOf({ attempts }: Page): readonly (readonly [number, number])[] {
  const changes = new Map<number, number>()
  for (let at = 0; at < attempts.length; at++) {
    changes.set(attempts.launched(at), (changes.get(attempts.launched(at)) ?? 0) + 1)
    changes.set(attempts.closed(at), (changes.get(attempts.closed(at)) ?? 0) - 1)
  }
  let count = 0
  return Array.from(changes)
    .sort(([a], [b]) => a - b)
    .map(([ms, by]) => [ms, (count += by)])
}

function legend(): readonly HTMLElement[] {
  const entries = [
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['starting', 'starting'],
    ['path', 'critical path'],
  ] as const
  return entries.map(([name, label]) =>
    element(
      'span',
      { class: 'legend-entry' },
      element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' }),
      label,
    ),
  )
}
