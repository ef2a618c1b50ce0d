/** What was promised, whether it was kept, and what was seen. One JSON line. */
export type Promised = { promise: string; kept: boolean; figures: Record<string, unknown> }
