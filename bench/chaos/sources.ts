import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'

export type Answer = { outcome: string; reason?: string; lead: { id: string; status?: string } }

let made = 0
export const newEmail = (): string => `chaos-${Date.now().toString(36)}-${++made}@example.com`

/** Clients of the three intake processes, as sources behind a load balancer are. */
export function sourcesOf(bases: string[], path: string) {
  const pools = bases.map((base) => new Pool(base, { connections: 64, headersTimeout: 70_000 }))
  let turn = 0
  const post = async (lead: Record<string, string>, headers: Record<string, string> = {}) => {
    const pool = pools[turn++ % pools.length]
    if (!pool) throw new Error('no process to send leads to')
    const answer = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ state: 'TX', dob: '1988-04-12', ...lead }),
    })
    const text = await answer.body.text()
    return { status: answer.statusCode, said: answer.statusCode === 201 ? (JSON.parse(text) as Answer) : undefined }
  }
  return {
    /** Sends this many leads from so many clients at once; each has to be answered with 201. */
    sendAll: async (leads: number, clients: number): Promise<Answer[]> => {
      const answers: Answer[] = []
      let left = leads
      const client = async () => {
        while (left-- > 0) {
          const { status, said } = await post({ email: newEmail() })
          if (!said) throw new Error(`a lead was answered with ${status}`)
          answers.push(said)
        }
      }
      await Promise.all(Array.from({ length: clients }, client))
      return answers
    },

    /**
     * A source as it should be: the same lead again, wherever the load balancer sends it, until it is answered.
     * Undefined when the time is over first.
     */
    sendUntilAnswered: async (email: string, isKeyed: boolean, until: number): Promise<Answer | undefined> => {
      const headers = isKeyed ? { 'idempotency-key': email } : {}
      while (Date.now() < until) {
        const { said } = await post({ email }, headers).catch(() => ({ said: undefined }))
        if (said) return said
        await sleep(100)
      }
      return undefined
    },
    close: () => Promise.all(pools.map((pool) => pool.destroy())),
  }
}
