import type { DestinationPart } from '@/components/destination/failure-causes'

/** The parts of a destination, in the order in which they are set up. */
export const parts = ['where', 'sign-in', 'mapping', 'test'] as const satisfies DestinationPart[]

export const isPart = (text: string): text is DestinationPart => parts.some((part) => part === text)

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
  test: {
    step: 'Try it',
    tab: 'Test',
    title: 'Try it',
    description: 'One test lead, sent as a real one would be, before anything goes live.',
  },
}
