// The timeline: a row for each slot of each worker, a bar for each attempt. Drawn on a canvas, because a hundred thousand bars as
// elements would be no page any more; what a pointer finds, the keyboard finds too, and is told in words. How it looks is said
// elsewhere: this is what it shows and how it answers.
import { countText } from '../../text/count-text.ts'
import { attemptWords } from './attempt-words.ts'
import { button, element } from './dom.ts'
import { coloursOf } from './gantt-colours.ts'
import { drawGantt } from './gantt-drawing.ts'
import { ganttLegend } from './gantt-legend.ts'
import { loadOf } from './gantt-load.ts'
import type { LoadChange } from './load-change.ts'
import { firstAfter, type GanttRow, ganttRows, headHeight, heightOf, laneHeight, laneOf, rowAt } from './gantt-rows.ts'
import type { Page } from './page.ts'
import { panned, pixelOf, type TimeScale, timeOf, zoomed } from './time-scale.ts'

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
  readonly #load: readonly LoadChange[]
  #scale: TimeScale
  #selected = -1
  #hovered = -1
  #drag: { readonly x: number; readonly scale: TimeScale; moved: boolean } | undefined
  #waiting = false

  constructor(page: Page) {
    this.#page = page
    this.#rows = ganttRows(page.data, page.attempts)
    this.#path = new Set(page.data.path.map(({ attempt }) => attempt))
    this.#load = loadOf(page.attempts)
    this.#scale = { fromMs: 0, toMs: Math.max(1, page.data.endMs), width: 600 }
    const height = headHeight + heightOf(this.#rows) + 8
    this.#canvas = element('canvas', {
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'timeline',
      'aria-label': `Timeline of ${countText(page.attempts.length, 'attempt')} on ${countText(page.data.workers.length, 'worker')}. Arrow keys move from attempt to attempt, plus and minus zoom, Enter opens.`,
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
        element('span', { class: 'gantt-legend' }, ...ganttLegend()),
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
    const lane = laneOf(filled, attempts, at)
    if (lane === undefined) {
      this.#select(filled[0]?.attempts[0] ?? -1)
      return
    }
    const row = filled.indexOf(lane)
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
      const top = headHeight + (laneOf(this.#rows, attempts, at)?.top ?? 0)
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

  #words(at: number): readonly string[] {
    return attemptWords(this.#page, at, this.#path.has(at))
  }

  #showTip(at: number): void {
    const { attempts } = this.#page
    const [name = '', ...rest] = this.#words(at)
    this.#tip.replaceChildren(element('strong', {}, name), ...rest.map((line) => element('span', {}, line)))
    this.#tip.hidden = false
    const x = Math.max(0, pixelOf(this.#scale, attempts.launched(at)))
    const y = headHeight + (laneOf(this.#rows, attempts, at)?.top ?? 0) - this.#scroller.scrollTop + laneHeight + 4
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
    const { attempts, data } = this.#page
    drawGantt(
      { context, width, height, colours: coloursOf(this.node) },
      {
        attempts,
        workers: data.workers,
        rows: this.#rows,
        path: this.#path,
        load: this.#load,
        scale: this.#scale,
        scrolled: this.#scroller.scrollTop,
        selected: this.#selected,
        hovered: this.#hovered,
      },
    )
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
