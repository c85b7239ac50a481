// What pure code may name of the platform: only values that ports hand around. Everything that acts (timers, console,
// process, files, network) stays unknown to the compiler there.
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean; signal?: AbortSignal }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare const AbortSignal: {
  readonly prototype: AbortSignal
  any(signals: Iterable<AbortSignal>): AbortSignal
  abort(reason?: unknown): AbortSignal
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare const AbortController: { readonly prototype: AbortController; new (): AbortController }
interface URL {
  readonly href: string
  readonly protocol: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
  toString(): string
}
declare const URL: { readonly prototype: URL; new (url: string | URL, base?: string | URL): URL }
interface TextEncoder {
  encode(input?: string): Uint8Array
}
declare const TextEncoder: { readonly prototype: TextEncoder; new (): TextEncoder }
interface TextDecoder {
  decode(input?: Uint8Array): string
}
declare const TextDecoder: {
  readonly prototype: TextDecoder
  new (label?: string, options?: { fatal?: boolean }): TextDecoder
}
declare function structuredClone<Value>(value: Value): Value
