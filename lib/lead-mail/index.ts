export { previewMail } from './preview-mail'
export { getMailTemplate } from './queries'
export { resetMailTemplate, saveMailTemplate } from './save-template'
export { sendTestMail } from './send-test-mail'
