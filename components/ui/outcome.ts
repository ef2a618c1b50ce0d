import {
  ArrowDown,
  Ban,
  Check,
  CircleAlert,
  CircleQuestionMark,
  Clock,
  CornerUpRight,
  FlaskConical,
  Gavel,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  RotateCw,
  Send,
  TrendingUp,
  Undo2,
} from 'lucide-react'

export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red' | 'violet' | 'blue'

/** How an outcome looks: one colour, one icon and one word, on every page. */
export type OutcomeLook = { tone: Tone; icon: LucideIcon; word: string; dashed?: true }

const outcomes: Record<string, OutcomeLook> = {
  accepted: { tone: 'green', icon: Check, word: 'accepted' },
  rejected: { tone: 'amber', icon: Undo2, word: 'rejected' },
  error: { tone: 'red', icon: CircleAlert, word: 'error' },
  unknown: { tone: 'violet', icon: CircleQuestionMark, word: 'unknown' },
  bid: { tone: 'green', icon: Gavel, word: 'bid' },
  no_bid: { tone: 'amber', icon: Undo2, word: 'no bid' },
  held: { tone: 'blue', icon: Clock, word: 'held' },
  released: { tone: 'blue', icon: Send, word: 'released' },
  reassigned: { tone: 'blue', icon: CornerUpRight, word: 'reassigned' },
  dropped: { tone: 'neutral', icon: Ban, word: 'dropped' },
  replayed: { tone: 'blue', icon: RotateCw, word: 'replayed' },
  decided: { tone: 'violet', icon: CircleQuestionMark, word: 'decided' },
  queued: { tone: 'blue', icon: Clock, word: 'queued' },
  skipped: { tone: 'neutral', icon: Ban, word: 'skipped' },
  test: { tone: 'neutral', icon: FlaskConical, word: 'test', dashed: true },
  success: { tone: 'green', icon: Check, word: 'success' },
  failure: { tone: 'amber', icon: Undo2, word: 'failure' },
  continue: { tone: 'neutral', icon: ArrowDown, word: 'continue' },
  stop: { tone: 'amber', icon: OctagonX, word: 'stop' },
  pending: { tone: 'blue', icon: Clock, word: 'pending' },
  processing: { tone: 'blue', icon: LoaderCircle, word: 'processing' },
  return: { tone: 'amber', icon: Undo2, word: 'return' },
  conversion: { tone: 'green', icon: TrendingUp, word: 'conversion' },
}

/** The look of an outcome by its word in the log. A word from the future is shown as it is, in grey. */
export const outcomeLook = (outcome: string): OutcomeLook =>
  outcomes[outcome] ?? { tone: 'neutral', icon: CircleQuestionMark, word: outcome }

const statuses: Record<string, Tone> = {
  live: 'green',
  ready: 'green',
  active: 'green',
  connected: 'green',
  healthy: 'green',
  enabled: 'green',
  accepted: 'green',
  sent: 'green',
  passed: 'green',
  draft: 'neutral',
  disabled: 'neutral',
  off: 'neutral',
  expired: 'neutral',
  revoked: 'neutral',
  changed: 'accent',
  pending: 'blue',
  waiting: 'blue',
  'setting up': 'blue',
  setup: 'blue',
  paused: 'amber',
  declined: 'amber',
  degraded: 'amber',
  blocked: 'amber',
  failing: 'red',
  failed: 'red',
  error: 'red',
}

/** The colour of a thing's state: a connection, a destination, a flow, an invitation. */
export const statusTone = (status: string): Tone => statuses[status] ?? 'neutral'

export const toneText: Record<Tone, string> = {
  neutral: 'text-tertiary',
  accent: 'text-accent-text',
  green: 'text-green',
  amber: 'text-amber',
  red: 'text-red',
  violet: 'text-violet',
  blue: 'text-blue',
}

export const toneSoft: Record<Tone, string> = {
  neutral: 'bg-muted text-secondary',
  accent: 'bg-accent-soft text-accent-text',
  green: 'bg-green-soft text-green',
  amber: 'bg-amber-soft text-amber',
  red: 'bg-red-soft text-red',
  violet: 'bg-violet-soft text-violet',
  blue: 'bg-blue-soft text-blue',
}

/** For dots and bars, where the colour stands beside its word. */
export const toneFill: Record<Tone, string> = {
  neutral: 'bg-grey-fill',
  accent: 'bg-accent',
  green: 'bg-green-fill',
  amber: 'bg-amber-fill',
  red: 'bg-red-fill',
  violet: 'bg-violet-fill',
  blue: 'bg-blue-fill',
}
