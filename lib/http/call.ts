import type { Dispatcher } from 'undici'
import type { Answer } from '../engine'
import { decodeBody, flatHeaders } from './answer-body'
import type { Connection } from './connection'
import { egressFailure, isRefusedCertificate, wordsOfBrokenAnswer, wordsOfFailure } from './failures'
import type { Lane } from './lanes'

/** What came of one call, how long each part took in milliseconds, and whether the socket had served before. */
export type Exchange = {
  answer: Answer
  timings: { dnsMs?: number; connectMs?: number; tlsMs?: number; firstByteMs?: number; totalMs: number }
  reusedSocket: boolean
  /** Bytes of the body that was sent, and of the answer's as it came; missing when nothing was sent. */
  sizes?: { sentBytes: number; receivedBytes: number }
  /** The answer went on beyond `maxBytes` and was cut there. */
  truncated: boolean
  /** False when it was refused before a connection was even begun: that says nothing of the server. */
  isTried: boolean
}

type Controller = Dispatcher.DispatchController
export type CallOptions = {
  dispatch: Dispatcher.DispatchOptions
  timeoutMs: number
  maxBytes: number
  answerType?: string | undefined
}

const queueFull = 'Too many requests are waiting for this server.'
const leastTimeMs = 2_000
const inSeconds = (ms: number): string => `${Number((ms / 1_000).toFixed(1))} second${ms === 1_000 ? '' : 's'}`
const tooBusy = (timeoutMs: number): string => `The server was busy with earlier requests for ${inSeconds(timeoutMs)}.`

/**
 * One request and its answer, under one deadline from the queue to the last byte. `written` is the proof of "not sent":
 * undici asks for leave (`onRequestStart`) right before it hands the request to a connected socket, never later. A
 * handshake that the server ends over the client's certificate proves it too.
 */
export class Call implements Dispatcher.DispatchHandler {
  readonly done: Promise<Exchange>
  private settle: (exchange: Exchange) => void = () => {}
  private readonly options: CallOptions
  private readonly startedAt = performance.now()
  private readonly timer: NodeJS.Timeout
  private readonly timings: Exchange['timings'] = { totalMs: 0 }
  private lane: Lane | undefined
  private connection: Connection | undefined
  private controller: Controller | undefined
  private isSettled = false
  private written = false
  private reusedSocket = false
  private status = 0
  private headers: Record<string, string> = {}
  private chunks: Buffer[] = []
  private size = 0

  constructor(options: CallOptions) {
    this.options = options
    this.done = new Promise((resolve) => {
      this.settle = resolve
    })
    this.timer = setTimeout(expire, options.timeoutMs, this)
  }

  waitIn(lane: Lane): void {
    this.lane = lane
    if (!lane.take(this)) this.refuse(queueFull)
  }

  refuse(message: string): void {
    this.finish({ kind: 'not-sent', message })
  }

  stop(): void {
    this.refuse(wordsOfFailure(egressFailure('stopped')))
  }

  /** Refuses a call that waited so long that the server would hardly have time to answer: not sent beats unknown. */
  isTooLate(now: number): boolean {
    const { timeoutMs } = this.options
    const isLate = this.startedAt + timeoutMs - now < Math.min(leastTimeMs, timeoutMs / 4)
    if (isLate) this.refuse(tooBusy(timeoutMs))
    return isLate
  }

  runOn(connection: Connection, lane: Lane): void {
    this.lane = lane
    this.connection = connection
    connection.client.dispatch(this.options.dispatch, this)
  }

  /** The deadline. Whatever still holds the call lets go of it, so that a lane is free again at once. */
  expire(): void {
    const limit = inSeconds(this.options.timeoutMs)
    if (!this.connection) {
      this.lane?.leave(this)
      this.refuse(tooBusy(this.options.timeoutMs))
    } else if (!this.written) {
      this.refuse(`No connection could be made within ${limit}.`)
      this.release(false)
    } else {
      const what = this.status === 0 ? 'No answer came' : 'The answer did not end'
      this.finish({ kind: 'no-answer', message: `${what} within ${limit}.` })
      this.controller?.abort(egressFailure('stopped'))
    }
  }

  onRequestStart(controller: Controller): void {
    if (this.isSettled || this.written) {
      controller.abort(egressFailure('stopped'))
      return
    }
    this.written = true
    this.controller = controller
    const opened = this.connection?.opened
    this.reusedSocket = opened === undefined
    Object.assign(this.timings, opened)
    if (this.connection) this.connection.opened = undefined
  }

  onResponseStart(
    _controller: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    this.timings.firstByteMs = performance.now() - this.startedAt
    this.status = status
    this.headers = flatHeaders(headers)
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.chunks.push(chunk)
    this.size += chunk.length
    if (this.size <= this.options.maxBytes) return
    this.finishAnswer(true)
    controller.abort(egressFailure('stopped'))
  }

  onResponseEnd(): void {
    this.finishAnswer(false)
    this.connection?.rest(performance.now(), this.headers['keep-alive'])
    this.release(true)
  }

  onResponseError(_controller: Controller, error: Error): void {
    const refusal = this.refusalOf(this.connection?.brokenBy ?? error)
    if (this.written && !refusal)
      this.finish({ kind: 'no-answer', message: wordsOfBrokenAnswer(error, this.status > 0) })
    else this.refuse(wordsOfFailure(refusal ?? error))
    this.release(false)
  }

  /** A server that refuses who calls does so before it reads what came over the new connection. */
  private refusalOf(error: Error): Error | undefined {
    return this.status === 0 && !this.reusedSocket && isRefusedCertificate(error) ? error : undefined
  }

  private finishAnswer(truncated: boolean): void {
    const bytes = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks)
    const { maxBytes, answerType } = this.options
    const body = decodeBody(bytes.subarray(0, maxBytes), this.headers, maxBytes, answerType)
    this.finish({ kind: 'answer', status: this.status, headers: this.headers, body }, truncated)
  }

  private finish(answer: Answer, truncated = false): void {
    if (this.isSettled) return
    this.isSettled = true
    clearTimeout(this.timer)
    this.chunks = []
    this.timings.totalMs = performance.now() - this.startedAt
    const { body } = this.options.dispatch
    const sentBytes = typeof body === 'string' ? Buffer.byteLength(body) : 0
    this.settle({
      ...(this.written && { sizes: { sentBytes, receivedBytes: this.size } }),
      answer,
      timings: this.timings,
      reusedSocket: this.reusedSocket,
      truncated,
      isTried: this.connection !== undefined,
    })
  }

  private release(isSound: boolean): void {
    const { connection, lane } = this
    if (connection) lane?.release(connection, isSound)
  }
}

const expire = (call: Call) => call.expire()
