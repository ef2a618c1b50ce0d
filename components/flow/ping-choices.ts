import type { ResponseSpec } from '@/lib/engine/schema'
import type { VariableChoice } from './variable-picker'

const group = 'Ping'

/** What the delivery to a buyer that was pinged may say of its bid. */
export function pingChoices(ping: { response: Pick<ResponseSpec, 'capture'> } | undefined): VariableChoice[] {
  if (!ping) return []
  const captured = Object.keys(ping.response.capture ?? {}).filter((name) => name !== 'id' && name !== 'price')
  return [
    { path: 'ping.id', type: 'string', label: 'Reference of the ping', group, example: 'P-4711' },
    { path: 'ping.price', type: 'number', label: 'Price that was bid', group, example: '45' },
    ...captured.map((name) => ({ path: `ping.${name}`, type: 'string', label: `Ping’s answer: ${name}`, group })),
  ]
}
