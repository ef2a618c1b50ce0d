import { config } from 'zod'

// Zod compiles its schemas with `new Function` where it may, and finds that out by trying: a CSP violation on each page.
config({ jitless: true })
