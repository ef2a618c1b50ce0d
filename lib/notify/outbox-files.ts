import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { env } from '../env'
import { timeOfId } from '../ids'
import type { OutgoingMail, Transport } from './transport'

const OutboxFile = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  kind: z.string(),
  sent_at: z.string(),
  cc: z.string().optional(),
  reply_to: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  attachment: z.object({ filename: z.string(), content_type: z.string(), content: z.string() }).optional(),
})
/** A mail that went to the outbox folder instead of a provider; `file` is its name there. */
export type OutboxMail = z.infer<typeof OutboxFile> & { file: string }

const folder = () => join(env().dataDir, 'outbox')
const shownMax = 200

/** The time and id of the row: names sort by time, and a mail that is sent again after a crash replaces itself. */
const fileName = (id: string) => `${new Date(timeOfId(id)).toISOString().replace(/[:.]/g, '-')}-${id}.json`

function contentOf({ to, cc, subject, text, html, kind, sentAt, replyTo, headers, attachment }: OutgoingMail) {
  const { filename, contentType: content_type, content } = attachment ?? {}
  return {
    to,
    subject,
    text,
    html,
    kind,
    sent_at: new Date(sentAt).toISOString(),
    ...(cc && { cc }),
    ...(replyTo && { reply_to: replyTo }),
    ...(headers && { headers }),
    ...(attachment && { attachment: { filename, content_type, content } }),
  }
}

/**
 * Writes a mail as one JSON file, whole or not at all: readers see only complete files. Owner only, since a mail may
 * hold an invitation's token.
 */
export const outboxTransport = (): Transport => ({
  name: 'outbox',
  send: async (mail) => {
    await mkdir(folder(), { recursive: true, mode: 0o700 })
    const file = join(folder(), fileName(mail.id))
    const handle = await open(`${file}.tmp`, 'w', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(contentOf(mail), null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${file}.tmp`, file)
    return { refused: [] }
  },
})

/** The newest 200 mails of the outbox folder, newest first. What is no mail of ours there is left out. */
export async function readOutbox(): Promise<OutboxMail[]> {
  const names = await readdir(folder()).catch(() => [])
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, shownMax)
  const mails = await Promise.all(newest.map(readMail))
  return mails.filter((mail) => mail !== undefined)
}

async function readMail(file: string): Promise<OutboxMail | undefined> {
  try {
    const parsed = OutboxFile.safeParse(JSON.parse(await readFile(join(folder(), file), 'utf8')))
    return parsed.success ? { ...parsed.data, file } : undefined
  } catch {
    return undefined
  }
}
