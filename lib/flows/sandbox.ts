import { env } from '../env'

/**
 * Address of the sandbox buyer of this installation.
 * @param mode what it should do: accept, reject, price, delay or fail; `query` says how.
 */
export function sandboxUrl(mode: string, query: Record<string, string | number | undefined> = {}): string {
  const url = new URL(`${env().baseUrl}/sandbox/${mode}`)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url.toString()
}

/** The same sandbox endpoint at the address that this installation has now. */
export function onThisInstallation<Endpoint extends { url: string }>(endpoint: Endpoint): Endpoint {
  const { pathname, search } = new URL(endpoint.url)
  const mode = pathname.slice(pathname.lastIndexOf('/') + 1)
  return { ...endpoint, url: `${sandboxUrl(mode)}${search}` }
}
