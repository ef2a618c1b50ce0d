import { isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = { base: Address; bits: number }
/** A range that the operator opened, on one port or on all. */
export type AllowRule = Range & { port?: number }

const range = (cidr: string): Range => {
  const [base, bits] = ipaddr.parseCIDR(cidr)
  return { base, bits }
}

/** IANA's special-purpose registry for IPv4, multicast, reserved space, and a cloud's metadata address outside them. */
const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
].map(range)

/** Public addresses are in `2000::/3` only; these parts of it are special (Teredo in `2001::/23`, 6to4 `2002::/16`). */
const globalV6 = range('2000::/3')
const specialV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'].map(range)

function parseAddress(text: string): Address | undefined {
  if (!isIP(text) || text.includes('%')) return undefined
  return isIPv6(text) ? ipaddr.IPv6.parse(text) : ipaddr.IPv4.parse(text)
}

/** Told apart by kind: a rule may come from another copy of this module, whose classes are not these. */
const inside = (address: Address, { base, bits }: Range): boolean =>
  address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits)

/** ISATAP puts an IPv4 address behind `0:5efe` or `200:5efe` in any network, so the prefix alone does not tell. */
const isIsatap = (address: ipaddr.IPv6): boolean => {
  const [, , , , fifth = 0, sixth = 0] = address.parts
  return sixth === 0x5efe && (fifth & 0xfdff) === 0
}

function isPublic(address: Address): boolean {
  if (address instanceof ipaddr.IPv4) return !specialV4.some((special) => inside(address, special))
  return inside(address, globalV6) && !isIsatap(address) && !specialV6.some((special) => inside(address, special))
}

/**
 * True when a connection to this literal address and port is in order: the address is public, or a rule opens it.
 * Anything that is not plainly public is refused: unknown space, mapped and transition forms, zones.
 */
export function isReachable(text: string, port: number, rules: readonly AllowRule[]): boolean {
  const address = parseAddress(text)
  if (!address) return false
  return isPublic(address) || rules.some((rule) => (rule.port ?? port) === port && inside(address, rule))
}

/** True when two texts name the same address, however they write it. */
export function isSameAddress(one: string, other: string): boolean {
  const [left, right] = [parseAddress(one), parseAddress(other)]
  return left !== undefined && right !== undefined && left.toNormalizedString() === right.toNormalizedString()
}

const ruleShape = /^(?:\[([0-9a-f:.]+)(?:\/(\d+))?\](?:\/(\d+))?|([0-9.]+)(?:\/(\d+))?)(?::(\d+))?$/i

/**
 * Reads `127.0.0.1/32:9101, 10.1.0.0/16, [::1]/128:9101`: ranges with an optional port, IPv6 in brackets.
 * Entries that can't be read open nothing; they come back in `wrong`.
 */
export function parseAllowRules(text: string): { rules: AllowRule[]; wrong: string[] } {
  const rules: AllowRule[] = []
  const wrong: string[] = []
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const rule = parseAllowRule(entry)
    if (rule) rules.push(rule)
    else wrong.push(entry)
  }
  return { rules, wrong }
}

function parseAllowRule(entry: string): AllowRule | undefined {
  const [, six, bitsInside, bitsAfter, four, bitsFour, portText] = ruleShape.exec(entry) ?? []
  const base = parseAddress(six ?? four ?? '')
  if (!base) return undefined
  const widest = base instanceof ipaddr.IPv4 ? 32 : 128
  const bits = Number(bitsInside ?? bitsAfter ?? bitsFour ?? widest)
  const port = portText === undefined ? undefined : Number(portText)
  if (bits > widest || (port !== undefined && (port < 1 || port > 65_535))) return undefined
  return { base, bits, ...(port !== undefined && { port }) }
}
