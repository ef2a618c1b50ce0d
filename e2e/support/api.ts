/** One answer of the HTTP interface. */
export type Said<T> = { status: number; body: T; headers: Headers }

export const address = (path: string): string => new URL(path, process.env['BATON_E2E_URL']).href

/** Calls `/api/v1` with a key, or without, and answers whatever is said. */
export async function ask<T = Record<string, unknown>>(
  key: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Said<T>> {
  const answer = await fetch(address(`/api/v1${path}`), {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as T, headers: answer.headers }
}

/** The same, for calls that have to succeed. */
export async function call<T = Record<string, unknown>>(
  key: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const said = await ask<T>(key, method, path, body)
  if (said.status < 300) return said.body
  throw new Error(`${method} ${path} answered ${said.status}: ${JSON.stringify(said.body)}`)
}

export type Submitted = {
  outcome: string
  reason?: string
  lead: { id: string; status?: string }
  price: number
}

/** Posts a lead as an external system does; a URLSearchParams goes as a form, anything else as JSON. */
export async function submit(
  url: string,
  lead: URLSearchParams | Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Said<Submitted>> {
  const isForm = lead instanceof URLSearchParams
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...(!isForm && { 'content-type': 'application/json' }), ...headers },
    body: isForm ? lead : JSON.stringify(lead),
  })
  return { status: answer.status, body: (await answer.json()) as Submitted, headers: answer.headers }
}
