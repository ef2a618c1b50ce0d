import type { Call } from './_components/types'

type Asked = { base: string; method: string; path: string; key: Call['key']; example: unknown }

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** `/flows/{id}` → `/flows/$FLOW_ID`: a shell keeps what it has got, and nobody pastes an id that is not theirs. */
function withVariables(path: string): string {
  return path.replace(/(?:([\w-]+)\/)?\{(\w+)\}/g, (_all, before: string | undefined, name: string) => {
    const thing = before?.replace(/^by-token$/, '').replace(/s$/, '')
    const variable = name === 'id' && thing ? `${thing}_id` : name
    return `${before ? `${before}/` : ''}$${variable.replaceAll('-', '_').toUpperCase()}`
  })
}

/** A call as a command to paste into a shell. */
export function curlOf({ base, method, path, key, example }: Asked): string {
  const lines = [`curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "${base}${withVariables(path)}"`]
  if (key === 'needed') lines.push('-H "Authorization: Bearer $BATON_API_KEY"')
  if (example !== undefined) {
    lines.push("-H 'Content-Type: application/json'")
    lines.push(`-d ${quoted(JSON.stringify(example, null, 2))}`)
  }
  return lines.join(' \\\n  ')
}
