import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** Header names in lower case; a header that came several times is joined by commas, as RFC 9110 §5.3 allows. */
export function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || name === '__proto__') continue
    flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

const unpackers: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** A server may compress though nobody asked. What can't be unpacked within the limit reads as empty. */
function unpack(bytes: Buffer, encoding: string, maxBytes: number): Buffer {
  const unpacker = unpackers[encoding]
  if (!unpacker || bytes.length === 0) return bytes
  try {
    return unpacker(bytes, { maxOutputLength: maxBytes })
  } catch {
    return Buffer.alloc(0)
  }
}

const charsetIn = (text: string | undefined) => /charset\s*=\s*["']?([\w-]+)/i.exec(text ?? '')?.[1]

/** The charset that a document's own beginning tells: a mark of UTF-16, an XML declaration, a `<meta charset>`. */
function charsetOfStart(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes.subarray(0, 64).indexOf('<') < 0) return undefined
  const start = bytes.subarray(0, 1_024).toString('latin1')
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)/i.exec(start)?.[1] ?? charsetIn(/<meta[^>]*>/i.exec(start)?.[0])
}

function decoderOf(charset: string | undefined): TextDecoder | undefined {
  if (!charset || /^utf-?8$/i.test(charset)) return undefined
  try {
    return new TextDecoder(charset)
  } catch {
    return undefined
  }
}

/**
 * The text of an answer: unpacked, in the charset that it names, else UTF-8.
 * @param contentType what is held to instead of the answer's own, for what its charset says.
 */
export function decodeBody(
  bytes: Buffer,
  headers: Record<string, string>,
  maxBytes: number,
  contentType?: string,
): string {
  const encoding = headers['content-encoding']
  const plain = encoding === undefined ? bytes : unpack(bytes, encoding.trim().toLowerCase(), maxBytes)
  const charset = charsetIn(contentType) ?? charsetIn(headers['content-type']) ?? charsetOfStart(plain)
  const decoder = decoderOf(charset)
  return decoder ? decoder.decode(plain) : plain.toString('utf8').replace(/^\uFEFF/, '')
}
