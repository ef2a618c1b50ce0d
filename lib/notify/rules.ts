import ipaddr from 'ipaddr.js'

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

const isLoopbackIp = (ip: string) => ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback'

const hostOf = (url: string) => {
  try {
    return new URL(url).hostname
  } catch {
    return ''
  }
}

/**
 * Who may read `/outbox`, whose mails hold invitation tokens: an operator, or whoever sits at the machine itself, who
 * could read the folder as well. The latter only while the installation calls itself local: behind a reverse proxy on
 * the same machine every visitor comes from loopback, but then `BATON_URL` has a public name. The Host is checked so
 * that no foreign site can reach it through a name that it points at loopback.
 */
export function mayReadOutbox(asking: { ip: string; host: string; baseUrl: string; isOperator: boolean }): boolean {
  if (asking.isOperator) return true
  const isLocal = [hostOf(asking.baseUrl), hostOf(`http://${asking.host}`)].every((name) =>
    loopbackHosts.includes(name),
  )
  return isLocal && isLoopbackIp(asking.ip)
}
