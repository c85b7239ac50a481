// The only way in which this page makes elements. Text goes in as text and attributes by name, so that nothing which a test is
// called or prints can become markup; there is no other door.

/** What an element holds; nothing where it is undefined. */
export type Child = Node | string | undefined

/** Attributes by name; those that are undefined or false are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  setAttributes(made, attributes)
  for (const child of children) if (child !== undefined) made.append(child)
  return made
}

function setAttributes(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
}

/** A drawing: an SVG element with children. */
export function drawing(tag: string, attributes: Attributes, ...children: readonly SVGElement[]): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  setAttributes(made, attributes)
  made.append(...children)
  return made
}

/** A button of ours: never one that submits. */
export function button(attributes: Attributes, onClick: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...children)
  made.addEventListener('click', onClick)
  return made
}
