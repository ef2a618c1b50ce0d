type Address = { address: string; isIpv4: boolean; ipv6Format: string }

/** Finds the address in a text that may be a URL or end in a port, a path or a prefix; of a list it takes the first. */
export function readIp(text: string): Address | undefined {
  const first = text
    .replace(/\s*,.*$/s, '')
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\s+/g, '')
    .replace(/[/?#%].*$/s, '')
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(first)?.[1]
  if (bracketed) return readV6(bracketed)
  const v4 = readV4(first.replace(/:\d{1,5}$/, ''))
  if (v4) return { address: v4.join('.'), isIpv4: true, ipv6Format: writeV6([0, 0, 0, 0, 0, 0xffff, ...pairs(v4)]) }
  // A ninth group can only be a port that someone forgot the brackets for.
  return readV6(first) ?? readV6(first.replace(/:\d{1,5}$/, ''), true)
}

const pairs = ([a = 0, b = 0, c = 0, d = 0]: number[]) => [a * 256 + b, c * 256 + d]

function readV4(text: string): number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  const octets = match?.slice(1).map(Number)
  return octets?.every((octet) => octet <= 255) ? octets : undefined
}

function readV6(text: string, whole = false): Address | undefined {
  const groups = text.includes(':') && text.length <= 45 ? readGroups(text) : undefined
  if (!groups || (whole && text.includes('::'))) return undefined
  const address = writeV6(groups)
  return { address, isIpv4: false, ipv6Format: address }
}

function readGroups(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [readHalf(halves[0]), readHalf(halves[1])]
  if (!head || !tail) return undefined
  if (halves.length === 1) return head.length === 8 ? head : undefined
  const gap = 8 - head.length - tail.length
  return gap < 1 ? undefined : [...head, ...Array<number>(gap).fill(0), ...tail]
}

function readHalf(text: string | undefined): number[] | undefined {
  if (!text) return []
  const found: number[] = []
  const groups = text.split(':')
  for (const [i, group] of groups.entries()) {
    const embedded = i === groups.length - 1 ? readV4(group) : undefined
    if (embedded) found.push(...pairs(embedded))
    else if (/^[0-9a-f]{1,4}$/i.test(group)) found.push(Number.parseInt(group, 16))
    else return undefined
  }
  return found
}

/** The form of RFC 5952: lower case, the longest run of zero groups as "::". */
function writeV6(groups: number[]): string {
  const words = groups.map((group) => group.toString(16))
  const run = longestZeros(groups)
  if (run.length < 2) return words.join(':')
  return `${words.slice(0, run.start).join(':')}::${words.slice(run.start + run.length).join(':')}`
}

function longestZeros(groups: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [i, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: i - length + 1, length }
  }
  return best
}
