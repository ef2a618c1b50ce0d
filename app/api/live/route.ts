import { requireActor } from '@/lib/auth'
import { listenForEvents } from '@/lib/events'

const encode = new TextEncoder()
const keepAliveMs = 20_000

/** Server-sent events: `changed` each time the account's log grew. The page then asks for what it shows. */
export async function GET(request: Request): Promise<Response> {
  const { accountId } = await requireActor()
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encode.encode(text))
        } catch {
          // The browser is gone and nobody has said so yet.
          end()
        }
      }
      const stop = listenForEvents(accountId, () => send('event: changed\ndata: {}\n\n'))
      const timer = setInterval(() => send(': still here\n\n'), keepAliveMs)
      end = () => {
        clearInterval(timer)
        stop()
      }
      request.signal.addEventListener('abort', end)
      send('retry: 3000\nevent: ready\ndata: {}\n\n')
    },
    cancel: () => end(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
