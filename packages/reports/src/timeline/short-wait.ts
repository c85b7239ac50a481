// How short a wait is nobody's: the coordinator takes its own time between an end and the launch that it made possible.

/** A wait up to this is the coordinator's own, not one for a worker. In milliseconds. */
export const shortWaitMs = 25
