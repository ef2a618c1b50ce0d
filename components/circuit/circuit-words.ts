import type { CircuitAction, CircuitView } from '@/lib/breakers/schema'

type Standing = CircuitView['standing']

/** How a circuit stands, in a word and the colour of a state. */
export const standingLooks: Record<Standing, { status: string; word: string }> = {
  closed: { status: 'healthy', word: 'Closed' },
  open: { status: 'failing', word: 'Open' },
  due: { status: 'failing', word: 'Open, to be tried' },
  probing: { status: 'waiting', word: 'Half open' },
  held_open: { status: 'paused', word: 'Held open' },
  held_closed: { status: 'paused', word: 'Held closed' },
}

/** What that means for the leads. */
export const standingMeans: Record<Standing, string> = {
  closed: 'Leads are sent.',
  open: 'No lead is sent. When the time has come, one lead tries whether it works again.',
  due: 'No lead is sent but the next one, which tries whether it works again.',
  probing: 'One lead is trying whether it works again. The others are not sent meanwhile.',
  held_open: 'No lead is sent until somebody resets it.',
  held_closed: 'Every lead is sent, whatever fails, until somebody resets it.',
}

/** What can be done in each state, what comes most likely first. */
export const actionsIn: Record<Standing, readonly CircuitAction[]> = {
  closed: ['hold_open', 'hold_closed'],
  open: ['reset', 'hold_open', 'hold_closed'],
  due: ['reset', 'hold_open', 'hold_closed'],
  probing: ['reset', 'hold_open', 'hold_closed'],
  held_open: ['reset'],
  held_closed: ['reset'],
}

export const actionWords: Record<CircuitAction, { label: string; done: string }> = {
  reset: { label: 'Reset', done: 'The circuit decides by itself again, and begins closed.' },
  hold_open: { label: 'Hold open', done: 'The circuit is held open: no lead is sent.' },
  hold_closed: { label: 'Hold closed', done: 'The circuit is held closed: every lead is sent.' },
}

/** True for a circuit that people should know of. */
export const isNotable = ({ standing }: CircuitView): boolean => standing !== 'closed'
