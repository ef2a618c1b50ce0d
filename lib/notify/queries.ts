import { type OutboxMail, readOutbox } from './outbox-files'
import { hasMailProvider } from './transports'

/** The mails of the outbox folder, newest first: none when a provider is configured, even if files were left there. */
export const listOutboxMails = async (): Promise<OutboxMail[]> => (hasMailProvider() ? [] : readOutbox())
