export { sendDueNotices, startDueNotices, sweepNotices } from './send-due-notices'
export { tryWebhook } from './try-webhook'
