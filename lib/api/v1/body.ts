import type { Context, Next } from 'hono'
import { problem } from './problem'

const mebibyte = 1024 * 1024
/** In MiB; the values of a list are many. */
const mostOf = (path: string) => (/\/lists\/[^/]+\/values$/.test(path) ? 8 : 2)
const isJson = /^application\/([a-z-.]+\+)?json\b/i

/** Reads a JSON body once: one that is too large or does not parse is refused, an empty one counts as none. */
export async function readJson(c: Context, next: Next): Promise<Response | undefined> {
  const type = c.req.header('content-type')
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && type !== undefined && isJson.test(type)) {
    const most = mostOf(c.req.path)
    const text = await textOf(c, most * mebibyte)
    if (text === undefined) return problem(413, `A body may have at most ${most} MiB.`)
    const refusal = refusalOf(text)
    if (refusal) return refusal
    const { method, url, headers } = c.req.raw
    c.req.raw = new Request(url, { method, headers, body: text.trim() === '' ? '{}' : text })
  }
  await next()
  return undefined
}

async function textOf(c: Context, maxBytes: number): Promise<string | undefined> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) return undefined
  const stream = c.req.raw.body
  if (!stream) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function refusalOf(text: string): Response | undefined {
  if (text.trim() === '') return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return problem(400, `The body is not JSON: ${error instanceof Error ? error.message : 'it does not parse'}.`)
  }
}
