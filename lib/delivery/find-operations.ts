import { rateKey, takeRate } from '../accounts/index'
import type { Actor } from '../actor'
import { readWsdl, type Wsdl, wsdlImports } from '../engine'
import { invalid } from '../errors'
import { checkUrl, sendGuarded } from '../http'
import { err, ok, type Result } from '../result'
import type { WsdlInput } from './schema'

const timeoutMs = 15_000
const largestBytes = 2_000_000
const mostDocuments = 20
const mostAnHour = 120

const accept = 'text/xml, application/xml;q=0.9, application/wsdl+xml;q=0.9, */*;q=0.1'
const refused = (path: 'url' | 'text', message: string) => err(invalid(message, [{ path, message }]))

async function fetchText(accountId: string, url: string, leftMs: number): Promise<Result<string>> {
  const checked = checkUrl(url)
  if (!checked.ok) return refused('url', `${url}: ${checked.error.message}`)
  const { answer, truncated } = await sendGuarded({
    url,
    method: 'GET',
    headers: { Accept: accept, 'User-Agent': 'Baton/0.1' },
    timeoutMs: leftMs,
    maxBytes: largestBytes,
    scope: `wsdl ${accountId}`,
  })
  if (answer.kind !== 'answer') return refused('url', `${url} could not be read: ${answer.message}`)
  if (answer.status !== 200) return refused('url', `${url} could not be read: it answered ${answer.status}.`)
  return truncated ? refused('url', `${url} is larger than 2 MB.`) : ok(answer.body)
}

/** Where the documents are that a WSDL or a schema is continued in. */
const importsOf = (url: string, text: string): string[] =>
  wsdlImports(text).flatMap((location) => (URL.canParse(location, url) ? [new URL(location, url).href] : []))

/** All documents that a WSDL is continued in, each once. */
async function fetchImports(accountId: string, url: string, text: string, endsAt: number): Promise<Result<string[]>> {
  const seen = new Set([new URL(url).href])
  const queue = importsOf(url, text)
  const imported: string[] = []
  for (const next of queue) {
    if (seen.has(next)) continue
    seen.add(next)
    if (imported.length === mostDocuments) {
      return refused('url', `The WSDL is spread over more than ${mostDocuments} documents.`)
    }
    const read = await fetchText(accountId, next, Math.max(endsAt - performance.now(), 1))
    if (!read.ok) return read
    imported.push(read.value)
    queue.push(...importsOf(next, read.value))
  }
  return ok(imported)
}

/**
 * The operations that a WSDL offers, with their arguments. It is fetched through the egress guard, with what it imports,
 * or pasted. Any member may ask. Refuses (`invalid`) an address that can't be read, and what is no WSDL, with the place;
 * an account may have 120 fetched in an hour.
 */
export async function findOperations(actor: Actor, { url, text }: WsdlInput): Promise<Result<Wsdl>> {
  const endsAt = performance.now() + timeoutMs
  if (url === undefined || url === '') return understood('text', text ?? '', [])
  const rate = await takeRate(rateKey('wsdl', actor.accountId), mostAnHour, 60 * 60)
  if (!rate.ok) return rate
  const fetched = await fetchText(actor.accountId, url, timeoutMs)
  if (!fetched.ok) return fetched
  const imported = await fetchImports(actor.accountId, url, fetched.value, endsAt)
  return imported.ok ? understood('url', fetched.value, imported.value) : imported
}

function understood(path: 'url' | 'text', text: string, imported: string[]): Result<Wsdl> {
  const read = readWsdl(text, imported)
  return read.ok ? read : refused(path, read.error.message)
}
