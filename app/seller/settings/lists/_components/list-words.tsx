import { RelativeTime } from '@/components/ui/relative-time'
import type { ListSummary } from '@/lib/lists/schema'

export const typeWords: Record<ListSummary['type'], string> = {
  string: 'Text',
  email: 'Email addresses',
  phone: 'Phone numbers',
  first_name: 'First names',
  last_name: 'Last names',
  street: 'Streets',
  city: 'Cities',
  state: 'States',
  postal_code: 'Postal codes',
  country: 'Countries',
  number: 'Numbers',
  date: 'Dates',
  dob: 'Dates of birth',
  time: 'Times',
  ip: 'IP addresses',
  url: 'Web addresses',
  ssn: 'Social security numbers',
  credential: 'Credentials',
}

export const hashWords = { none: 'As they are', md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const

/** What a list holds, in a line. */
export function ListWords({ list: { type, hash, size, updatedAt } }: { list: ListSummary }) {
  return (
    <>
      {size.toLocaleString('en-US')} {size === 1 ? 'value' : 'values'} · {typeWords[type]}
      {hash !== 'none' && `, kept as ${hashWords[hash]}`} · changed <RelativeTime at={updatedAt} />
    </>
  )
}
