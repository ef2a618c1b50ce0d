import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'

export type SentMail = {
  to: string
  subject: string
  text: string
  html: string
  kind: string
  sent_at: string
  reply_to?: string
}

const folder = () => join(process.env['BATON_E2E_DATA'] ?? '', 'outbox')

async function readMails(): Promise<SentMail[]> {
  const names = await readdir(folder()).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json'))
  const mails = await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder(), name), 'utf8'))))
  return (mails as SentMail[]).sort((a, b) => a.sent_at.localeCompare(b.sent_at))
}

/** The newest mail of a kind to a person, as soon as there are `count` of them in the outbox folder. */
export async function mailTo(to: string, kind: string, count = 1): Promise<SentMail> {
  let found: SentMail[] = []
  await expect
    .poll(
      async () => {
        found = (await readMails()).filter((mail) => mail.to === to && mail.kind === kind)
        return found.length
      },
      { message: `${count} mail(s) of the kind ${kind} to ${to}`, timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(count)
  const newest = found.at(-1)
  if (!newest) throw new Error(`There is no mail of the kind ${kind} to ${to}`)
  return newest
}

/** The link of an invitation, as the buyer finds it in its mail. */
export function linkIn({ text }: SentMail): string {
  const link = /https?:\/\/\S+\/invite\/[\w-]+/.exec(text)?.[0]
  if (!link) throw new Error(`No invitation link in: ${text}`)
  return link
}
