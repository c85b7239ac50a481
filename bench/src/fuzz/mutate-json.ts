// Damages JSON that stays JSON: values in the wrong place, keys that mean something to JavaScript, nesting, numbers out of
// range. Cutting texts alone would be stopped by the parser nineteen times in twenty.
import type { Dice } from './dice.ts'

const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, 1e308, -1e308, 9007199254740993, 4294967296, 2147483648, -2147483649],
  ...['', '__proto__', 'constructor', '\0', '\ud800', '\u202e', '<b>&', '../..', 'x'.repeat(10_000), '\u001b[2J'],
  ...[[], {}, [[]], [null], { length: 1e9 }, { length: -1 }, { toString: 1, valueOf: 2 }, { then: 1, toJSON: 1 }],
]
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', 'kind', '', '\0', '0']

/** The document with one to three damages, as JSON again; undefined where it is no JSON. */
export function mutateJson(text: string, dice: Dice): string | undefined {
  let holder: { root: unknown }
  try {
    holder = { root: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
  for (let left = 1 + dice.below(3); left > 0; left -= 1) damage(holder, dice)
  return JSON.stringify(holder.root)
}

function damage(holder: object, dice: Dice): void {
  const { parent, key } = somewhere(holder, dice)
  switch (dice.below(7)) {
    case 0:
    case 1:
      put(parent, key, fresh(dice))
      return
    case 2:
      if (Array.isArray(parent)) parent.splice(Number(key), 1)
      else if (parent !== holder) Reflect.deleteProperty(parent, key)
      return
    case 3: {
      const other = somewhere(holder, dice)
      put(parent, key, structuredClone(Reflect.get(other.parent, other.key)))
      return
    }
    case 4:
      if (Array.isArray(parent))
        parent.push(...Array.from({ length: 1 + dice.below(30) }, () => Reflect.get(parent, key) as unknown))
      else put(parent, dice.oneOf(keys), Reflect.get(parent, key))
      return
    case 5: {
      let value: unknown = Reflect.get(parent, key)
      const depth = dice.below(100) === 0 ? 2000 : 1 + dice.below(6)
      for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { a: value }
      put(parent, key, value)
      return
    }
    default: {
      const value: unknown = Reflect.get(parent, key)
      if (typeof value === 'number') put(parent, key, value + dice.oneOf([1, -1, 0.5, 1e9]))
      else if (typeof value === 'string')
        put(parent, key, value.slice(0, dice.below(value.length + 1)) + dice.oneOf(keys))
      else put(parent, key, fresh(dice))
    }
  }
}

/** A value of its own: what is shared between inputs would carry damage from one to the next. */
function fresh(dice: Dice): unknown {
  return structuredClone(dice.oneOf(values))
}

/** A random place, every level as likely. */
function somewhere(holder: object, dice: Dice): { readonly parent: object; readonly key: string } {
  let parent = holder
  let key = 'root'
  for (;;) {
    const value: unknown = Reflect.get(parent, key)
    if (typeof value !== 'object' || value === null) return { parent, key }
    const inner = Object.keys(value)
    if (inner.length === 0 || (parent !== holder && dice.below(4) === 0)) return { parent, key }
    parent = value
    key = dice.oneOf(inner)
  }
}

/** A property of its own, also under the name `__proto__`. */
function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true })
}
