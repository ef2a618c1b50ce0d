const start = '/seller'
const here = 'http://here.invalid'

/** Where to go after signing in: a path of this installation and nothing else, or an open redirect would be ours. */
export function nextPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, here)) return start
  const { origin, pathname, search, hash } = new URL(wanted, here)
  // Looked at after the browser's own clean-up: `/a/..//other.test` becomes `//other.test`.
  const isOurs = origin === here && /^\/(?![/\\])/.test(pathname)
  return isOurs ? `${pathname}${search}${hash}` : start
}
