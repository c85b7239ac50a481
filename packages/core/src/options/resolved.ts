// Options after the door: every field has a value.

/** `Options` with every field present, as a schema's defaults leave it. */
export type Resolved<Options> = { readonly [Key in keyof Options]-?: Exclude<Options[Key], undefined> }
