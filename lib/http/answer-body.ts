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

function decoderOf(contentType: string): TextDecoder | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1]
  if (!charset || /^utf-?8$/i.test(charset)) return undefined
  try {
    return new TextDecoder(charset)
  } catch {
    return undefined
  }
}

/** The text of an answer: unpacked, in the charset that it names, else UTF-8. */
export function decodeBody(bytes: Buffer, headers: Record<string, string>, maxBytes: number): string {
  const encoding = headers['content-encoding']
  const plain = encoding === undefined ? bytes : unpack(bytes, encoding.trim().toLowerCase(), maxBytes)
  const contentType = headers['content-type']
  const decoder = contentType?.includes('charset') ? decoderOf(contentType) : undefined
  return decoder ? decoder.decode(plain) : plain.toString('utf8').replace(/^\uFEFF/, '')
}
