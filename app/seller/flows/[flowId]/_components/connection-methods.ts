import { Endpoint } from '@/lib/engine/schema'

export const methods = [
  {
    value: 'invite',
    label: 'Invite to connect',
    hint: 'The buyer gets a mail, and sets up its address, credentials and field names by itself. You share no secrets.',
  },
  {
    value: 'manual',
    label: 'Manual configuration',
    hint: 'You know the buyer’s address, credentials and field names, and set them up here.',
  },
  {
    value: 'email',
    label: 'By email',
    hint: 'The buyer gets each lead as a mail, to one or more addresses.',
  },
] as const

/** Words for what is wrong with an address. */
export function checkUrl(text: string): string | undefined {
  const parsed = Endpoint.shape.url.safeParse(text.trim())
  return parsed.success ? undefined : parsed.error.issues[0]?.message
}
