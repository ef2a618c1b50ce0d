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

/** A command to paste, with the fields that everybody knows and, where asked for, the key. */
export function exampleRequest({ submitUrl, needsKey, fields }: Docs): string {
  const named = fields.map(({ name }) => name).filter((name) => known[name] !== undefined)
  const shown = named.length > 0 ? named : ['email']
  const key = needsKey ? [`-H 'Authorization: Bearer YOUR_SOURCE_KEY'`] : []
  return [`curl ${submitUrl}`, ...key, ...shown.map((name) => `-d ${name}=${known[name] ?? ''}`)].join(' \\\n  ')
}

export const exampleAnswer = '{"outcome":"success","lead":{"id":"0197c0de-…"},"price":20}'

export const pendingAnswer = '{"outcome":"success","lead":{"id":"0197c0de-…","status":"pending"},"price":0}'

/** How the result of a pending lead is asked for. */
export function exampleQuestion({ resultUrl, needsKey }: Docs): string {
  const key = needsKey ? [`-H 'Authorization: Bearer YOUR_SOURCE_KEY'`] : []
  return [`curl ${resultUrl.replace('{lead_id}', '0197c0de-…')}`, ...key].join(' \\\n  ')
}

export const exampleNotice = `POST {your webhook}
content-type: application/json
webhook-id: 0197c0e1-…
webhook-timestamp: 1764151200
webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=

${exampleAnswer}`
