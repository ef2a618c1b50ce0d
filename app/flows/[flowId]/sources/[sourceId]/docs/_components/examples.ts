type Docs = { submitUrl: string; resultUrl: string; needsKey: boolean; fields: { name: string }[] }

const known: Record<string, string> = {
  first_name: 'Ana',
  last_name: 'Garcia',
  email: 'ana.garcia@example.com',
  phone_1: '5127891111',
  city: 'Austin',
  state: 'TX',
  postal_code: '78704',
}

/** A command that sends these fields and, where it is asked for, the key. */
function command(url: string, needsKey: boolean, names: readonly string[]): string {
  const key = needsKey ? [`-H 'Authorization: Bearer YOUR_SOURCE_KEY'`] : []
  return [`curl ${url}`, ...key, ...names.map((name) => `-d ${name}=${known[name] ?? ''}`)].join(' \\\n  ')
}

/** A command to paste, with the fields that everybody knows and, where asked for, the key. */
export function exampleRequest({ submitUrl, needsKey, fields }: Docs): string {
  const named = fields.map(({ name }) => name).filter((name) => known[name] !== undefined)
  return command(submitUrl, needsKey, named.length > 0 ? named : ['email'])
}

export const exampleAnswer = '{"outcome":"success","lead":{"id":"0197c0de-…"},"price":20}'

export const pendingAnswer = '{"outcome":"success","lead":{"id":"0197c0de-…","status":"pending"},"price":0}'

/** How the result of a pending lead is asked for. */
export function exampleQuestion({ resultUrl, needsKey }: Docs): string {
  return command(resultUrl.replace('{lead_id}', '0197c0de-…'), needsKey, [])
}

export const exampleNotice = `POST {your webhook}
content-type: application/json
webhook-id: 0197c0e1-…
webhook-timestamp: 1764151200
webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=

${exampleAnswer}`

/** The same for a ping, which names nobody. */
export function examplePing({ pingUrl, needsKey, fields }: Docs & { pingUrl: string }): string {
  const named = fields.map(({ name }) => name).filter((name) => ['city', 'state', 'postal_code'].includes(name))
  return command(pingUrl, needsKey, named.length > 0 ? named : ['state'])
}

export const exampleBid =
  '{"outcome":"success","bid":{"id":"0197c0de-…","expires_at":"2026-01-15T14:04:11.031Z"},"price":20}'
