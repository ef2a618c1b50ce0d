/** The HTML of a mail as a mailbox shows it. The frame runs no script, has no origin and sends no form. */
export function MailFrame({ html, title }: { html: string; title: string }) {
  return <iframe title={title} srcDoc={html} sandbox="" className="h-112 w-full rounded-md border bg-white" />
}
