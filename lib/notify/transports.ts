import nodemailer from 'nodemailer'
import { Resend } from 'resend'
import { env } from '../env'
import { once } from '../runtime'
import { outboxTransport } from './outbox-files'
import type { Transport } from './transport'

export const sendTimeoutMs = 30_000

/** Resend by its SDK. The row's id is the idempotency key, which Resend honours for the 24 hours in which we try. */
export function resendTransport(config: { apiKey: string; from: string; baseUrl?: string | undefined }): Transport {
  const resend = new Resend(config.apiKey, config.baseUrl ? { baseUrl: config.baseUrl.replace(/\/+$/, '') } : {})
  return {
    name: 'resend',
    send: async ({ id, to, replyTo, subject, html, text }) => {
      const content = { from: config.from, to, subject, html, text, ...(replyTo && { replyTo }) }
      const { error } = await resend.emails.send(content, {
        idempotencyKey: id,
        signal: AbortSignal.timeout(sendTimeoutMs),
      })
      if (error) throw new Error(`Resend: ${error.name}: ${error.message}`)
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
    send: async ({ id, to, replyTo, subject, html, text }) => {
      const content = {
        from: config.from,
        to,
        subject,
        html,
        text,
        messageId: `<${id}@${new URL(env().baseUrl).hostname}>`,
      }
      await mailer.sendMail({ ...content, ...(replyTo && { replyTo }) })
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
