/** What a source's webhook said to a sample: `status` is missing where no answer came. */
export type TriedWebhook = { passed: boolean; status?: number; message: string }
