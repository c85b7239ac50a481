// Whether anything that everybody shares was changed: the prototypes and the global object, compared with how they were.
const shared: readonly (readonly [string, object])[] = [
  ['Object.prototype', Object.prototype],
  ['Array.prototype', Array.prototype],
  ['Function.prototype', Function.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['Boolean.prototype', Boolean.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Error.prototype', Error.prototype],
  ['Error', Error],
  ['Object', Object],
  ['JSON', JSON],
  ['globalThis', globalThis],
]

/** What is looked at after every input; the rest now and then, because it takes longer than reading does. */
export class Witness {
  readonly #before = warmed().map(([name, object]) => ({
    name,
    object,
    descriptors: Object.getOwnPropertyDescriptors(object),
  }))
  readonly #count = Reflect.ownKeys(Object.prototype).length

  /** The quick look: a key more or less on the prototype of all objects. */
  isObjectClean(): boolean {
    return Reflect.ownKeys(Object.prototype).length === this.#count
  }

  /** What differs from the beginning, put back as it was. */
  restore(): readonly string[] {
    return this.#before.flatMap(({ name, object, descriptors }) => {
      const now = Object.getOwnPropertyDescriptors(object)
      return [...new Set([...Reflect.ownKeys(now), ...Reflect.ownKeys(descriptors)])].flatMap((key) => {
        const was = own(descriptors, key)
        const is = own(now, key)
        if (isSame(was, is)) return []
        if (was === undefined) Reflect.deleteProperty(object, key)
        else Reflect.defineProperty(object, key, was)
        return [`${name}.${String(key)}`]
      })
    })
  }
}

/** Looked up without prototypes: those are what may be polluted. */
function own(descriptors: object, key: PropertyKey): PropertyDescriptor | undefined {
  return Object.hasOwn(descriptors, key) ? (Reflect.get(descriptors, key) as PropertyDescriptor) : undefined
}

/** What the global object makes only when it is first looked at is there from here on. */
function warmed(): typeof shared {
  for (const [, object] of shared) Object.getOwnPropertyDescriptors(object)
  return shared
}

function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return Object.is(a.value, b.value) && a.get === b.get && a.set === b.set
}
