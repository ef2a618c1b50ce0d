import nodemailer from 'nodemailer'
import { Resend } from 'resend'
import { env } from '../env'
import { once } from '../runtime'
import { outboxTransport } from './outbox-files'
import { addressList, type OutgoingMail, type Transport } from './transport'

export const sendTimeoutMs = 30_000

/** What both providers take alike. */
const common = ({ replyTo, subject, html, text, headers }: OutgoingMail) => ({
  subject,
  html,
  text,
  ...(replyTo && { replyTo }),
  ...(headers && { headers }),
})

const filesOf = ({ attachment }: OutgoingMail) =>
  attachment && {
    attachments: [{ ...attachment, content: Buffer.from(attachment.content, 'utf8') }],
  }

/** Resend by its SDK. The row's id is the idempotency key, which Resend honours for the 24 hours in which we try. */
export function resendTransport(config: { apiKey: string; from: string; baseUrl?: string | undefined }): Transport {
  const resend = new Resend(config.apiKey, config.baseUrl ? { baseUrl: config.baseUrl.replace(/\/+$/, '') } : {})
  return {
    name: 'resend',
    send: async (mail) => {
      const { id, to, cc } = mail
      const content = {
        from: config.from,
        to: addressList(to),
        ...(cc && { cc: addressList(cc) }),
        ...common(mail),
        ...filesOf(mail),
      }
      const { error } = await resend.emails.send(content, {
        idempotencyKey: id,
        signal: AbortSignal.timeout(sendTimeoutMs),
      })
      if (error) throw new Error(`Resend: ${error.name}: ${error.message}`)
      return { refused: [] }
    },
  }
}

/** SMTP by nodemailer. The Message-ID is made of the row's id, so that a mail sent again after a crash is the same mail. */
export function smtpTransport(config: { url: string; from: string }): Transport {
  const mailer = nodemailer.createTransport({
    url: config.url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'smtp',
    send: async (mail) => {
      const { id, to, cc } = mail
      const { rejected } = await mailer.sendMail({
        from: config.from,
        to: addressList(to),
        ...(cc && { cc: addressList(cc) }),
        messageId: `<${id}@${new URL(env().baseUrl).hostname}>`,
        ...common(mail),
        ...filesOf(mail),
      })
      return { refused: rejected.map((address) => (typeof address === 'string' ? address : address.address)) }
    },
  }
}

/** True when mail leaves the house: Resend or SMTP is configured. Else it goes to the outbox folder. */
export const hasMailProvider = (): boolean => Boolean(env().RESEND_API_KEY ?? env().SMTP_URL)

/** The transport that the environment asks for: Resend, else SMTP, else the outbox folder. */
export const configuredTransport = (): Transport =>
  once('mail transport', () => {
    const { RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl, SMTP_URL: url, BATON_MAIL_FROM: from } = env()
    if (apiKey) return resendTransport({ apiKey, baseUrl, from })
    return url ? smtpTransport({ url, from }) : outboxTransport()
  })
