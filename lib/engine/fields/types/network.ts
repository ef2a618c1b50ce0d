import { type ParseText, unreadable } from '../value'
import { readIp } from './ip-address'

/** An address alone or inside of a URL, with a port or a prefix; of a list, the first. */
export const parseIp: ParseText = (text, raw) => {
  const found = text.length > 500 ? undefined : readIp(text)
  if (!found) return unreadable('ip', raw)
  return { type: 'ip', raw, normal: found.address, valid: true, is_ipv4: found.isIpv4, ipv6_format: found.ipv6Format }
}

const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\\s]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/i
const scheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i
const hostName =
  /^(?:[a-z0-9_\u00a1-\uffff](?:[a-z0-9_\u00a1-\uffff-]{0,61}[a-z0-9_\u00a1-\uffff])?\.)+[a-z0-9\u00a1-\uffff-]{2,63}$/
const literalHost = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/

type UrlParts = {
  protocol: string
  host: string
  port: string
  path: string
  query: string
  hash: string
  normal: string
}

function readUrl(text: string): UrlParts | undefined {
  const match = text.length > 8000 ? null : parts.exec(scheme.test(text) ? text : `http://${text}`)
  const protocol = match?.[1]?.toLowerCase()
  const authority = readAuthority(match?.[2]?.toLowerCase() ?? '')
  if (!match || !authority || (protocol !== 'http' && protocol !== 'https')) return undefined
  const { host, port } = authority
  const [, , , path = '', query, hash = ''] = match
  const normal = `${protocol}://${host}${port && `:${port}`}${path}${query === undefined ? '' : `?${query}`}${hash}`
  return { protocol, host, port, path: path || '/', query: query ?? '', hash, normal }
}

function readAuthority(text: string): { host: string; port: string } | undefined {
  const [, host = '', port = ''] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? []
  return host.length <= 253 && (hostName.test(host) || literalHost.test(host)) ? { host, port } : undefined
}

export const parseUrl: ParseText = (text, raw) => {
  const found = readUrl(text)
  if (!found) return unreadable('url', raw)
  const { normal, protocol, host, port, path, query, hash } = found
  return { type: 'url', raw, normal, valid: true, protocol, host, port, path, query, hash }
}

const certHost = /^(?:cert|ping)\.trustedform\.com$/
const certId = /^\/([\w.*-]{20,500})\/?$/
const webCert = /^[0-9a-f]{40}$/i

function kindOfCertificate(id: string, isWeb: boolean): 'web' | 'mobile' | 'facebook' | 'masked' {
  if (id.includes('*')) return 'masked'
  if (isWeb) return 'web'
  return id.startsWith('0.') ? 'facebook' : 'mobile'
}

/** A consent certificate's address; certificates of web forms have 40 hexadecimal digits, others longer tokens. */
export const parseTrustedFormUrl: ParseText = (text, raw) => {
  const found = readUrl(text)
  const id = found ? certId.exec(found.path)?.[1] : undefined
  if (!found || !id || found.protocol !== 'https' || !certHost.test(found.host))
    return unreadable('trustedform_url', raw)
  const isWeb = webCert.test(id)
  const kind = kindOfCertificate(id, isWeb)
  const cert_id = isWeb ? id.toLowerCase() : id
  const { host } = found
  return {
    type: 'trustedform_url',
    raw,
    normal: `https://${host}/${cert_id}`,
    valid: true,
    cert_id,
    // `type` says what the field is, so the kind of certificate has a name of its own.
    certificate_type: kind,
    is_web: kind === 'web',
    is_mobile: kind === 'mobile',
    is_facebook: kind === 'facebook',
    is_masked: kind === 'masked',
    host,
    path: `/${cert_id}`,
  }
}
