import type { IncomingMessage, ServerResponse } from 'node:http'

const words = {
  503: { title: 'Baton is starting', detail: 'The pages will be here in a moment. This page tries again by itself.' },
  502: { title: 'The pages did not answer', detail: 'Leads are still taken in. This page tries again by itself.' },
} as const

const page = (title: string, detail: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;display:grid;place-content:center;min-height:90vh;text-align:center}</style>
<main><h1>${title}</h1><p>${detail}</p></main></html>`

/** Answers for a web process that is starting (503) or failed (502): a page for people, a problem for machines. */
export function answerUnavailable(request: IncomingMessage, response: ServerResponse, status: 502 | 503): void {
  const { title, detail } = words[status]
  const wantsPage = request.headers.accept?.includes('text/html') ?? false
  response.writeHead(status, {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/problem+json',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'retry-after': '2',
  })
  response.end(wantsPage ? page(title, detail) : JSON.stringify({ type: 'about:blank', title, status, detail }))
}
