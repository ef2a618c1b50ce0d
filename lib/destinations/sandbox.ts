import type { DestinationConfig, Verdict } from '../engine/index'
import { sandboxUrl } from '../flows/index'
import { SandboxSettings } from './schema'

/** What the sandbox buyer answers, and how to read it. */
export const sandboxResponse: DestinationConfig['response'] = {
  success_codes: [200, 201],
  parser: {
    type: 'json',
    success_path: 'status',
    success_value: 'accepted',
    id_path: 'lead_id',
    price_path: 'payout',
    reason_path: 'rejection_reason',
  },
}

const milliseconds = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 1000))

/** Only what the mode uses goes into the address, so that reading it back gives the same settings. */
export function urlOfSettings({ mode, price, reason, delay_seconds, fail_status }: SandboxSettings): string {
  switch (mode) {
    case 'reject':
      return sandboxUrl(mode, { reason })
    case 'price':
      return sandboxUrl(mode, { price })
    case 'delay':
      return sandboxUrl(mode, { ms: milliseconds(delay_seconds) })
    case 'fail':
      return sandboxUrl(mode, { status: fail_status })
    case 'accept':
      return sandboxUrl(mode)
  }
}

export function settingsOfUrl(text: string): SandboxSettings {
  const { pathname, searchParams } = new URL(text)
  const ms = searchParams.get('ms')
  const settings = {
    mode: pathname.slice(pathname.lastIndexOf('/') + 1),
    price: searchParams.get('price') ?? undefined,
    reason: searchParams.get('reason') ?? undefined,
    delay_seconds: ms === null ? undefined : Number(ms) / 1000,
    fail_status: searchParams.get('status') ?? undefined,
  }
  return SandboxSettings.catch({ mode: 'accept' }).parse(settings)
}

const answers: Record<SandboxSettings['mode'], Verdict['outcome']> = {
  accept: 'accepted',
  price: 'accepted',
  delay: 'accepted',
  reject: 'rejected',
  fail: 'error',
}

/** The sandbox passes its test by doing as it is told. */
export const expectedOutcome = (config: DestinationConfig): Verdict['outcome'] =>
  answers[settingsOfUrl(config.endpoint.url).mode]
