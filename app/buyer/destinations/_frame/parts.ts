import type { DestinationPart } from '@/components/destination/failure-causes'
import type { Integration } from '@/lib/destinations/schema'

/** The parts of a destination, in the order in which they are set up. */
export const parts = ['where', 'sign-in', 'mapping', 'test'] as const satisfies DestinationPart[]

/** Those that are there once it is set up: only a webhook can be asked for a bid. */
const tabs = ['where', 'sign-in', 'mapping', 'ping', 'test'] as const satisfies DestinationPart[]

/** A mail needs no sign-in. */
export const partsOf = (integration: Integration): readonly DestinationPart[] =>
  integration === 'email' ? parts.filter((part) => part !== 'sign-in') : parts

export const tabsOf = (integration: Integration): readonly DestinationPart[] =>
  integration === 'webhook' ? tabs : partsOf(integration)

export const isSetupPart = (text: string): text is DestinationPart => parts.some((part) => part === text)
export const isPart = (text: string): text is DestinationPart => tabs.some((part) => part === text)

type PartWords = { step: string; tab: string; title: string; description: string }

export const partWords: Record<DestinationPart, PartWords> = {
  where: {
    step: 'Where',
    tab: 'Where',
    title: 'Where should the leads go?',
    description: 'The system that takes the leads, and a name to know it by.',
  },
  'sign-in': {
    step: 'Sign in to it',
    tab: 'Sign-in',
    title: 'How do we sign in to it?',
    description: 'What your system asks of those who send it leads. It is kept encrypted; the seller never sees it.',
  },
  mapping: {
    step: 'What goes where',
    tab: 'Fields and answers',
    title: 'What goes where?',
    description: 'Name each field as your system calls it, and tell us how to read its answer.',
  },
  ping: {
    step: 'Ping',
    tab: 'Ping',
    title: 'How do you bid?',
    description:
      'Sellers that give a lead to whoever pays most ask for your bid first, with fields that name nobody. Without a ping you stand among the others with the price that was agreed.',
  },
  test: {
    step: 'Try it',
    tab: 'Test',
    title: 'Try it',
    description: 'One test lead, sent as a real one would be, before anything goes live.',
  },
}

const mailWords: Partial<Record<DestinationPart, Partial<PartWords>>> = {
  where: { description: 'The mailboxes that take the leads, and a name to know them by.' },
  mapping: {
    step: 'What it says',
    tab: 'The mail',
    title: 'What does the mail say?',
    description: 'Every field that is shared, or words of your own.',
  },
  test: { description: 'One test lead, mailed as a real one would be, before anything goes live.' },
}

/** What a part is called where leads come this way. */
export const wordsOf = (part: DestinationPart, integration: Integration): PartWords => ({
  ...partWords[part],
  ...(integration === 'email' && mailWords[part]),
})
