import type { DemoSummary } from '../../db/seed/index'

const bold = (text: string) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[22m` : text)

/** One line for a process that serves one role of an installation. */
export const roleLine = (role: string) => `Baton's ${role} process is running.`

/** What a person who just started Baton wants to know. */
export function banner(url: string, demo: DemoSummary | undefined): string {
  const lines = ['', `  ${bold('Baton is running')}   ${url}`, '']
  if (demo) {
    lines.push('  Sign in with the demo world:')
    for (const { label, email, password } of demo.signIns) lines.push(`    ${label.padEnd(10)} ${email}   ${password}`)
    lines.push('', `  API key   ${demo.apiKey}`, '', '  Submit a lead:', '', demo.curl, '')
  } else {
    lines.push(`  Make an account at ${url}/sign-up`, '')
  }
  lines.push('  Ctrl-C stops everything.', '')
  return lines.join('\n')
}
