import type { Tone } from '@/components/ui/outcome'
import type { ChangeKind } from '@/lib/engine'

/** How a lead differs, in a word, worst first. */
export const changeWords: Record<ChangeKind, { word: string; tone: Tone }> = {
  lost: { word: 'no longer sold', tone: 'red' },
  won: { word: 'sold now', tone: 'green' },
  moved: { word: 'to another buyer', tone: 'blue' },
  repriced: { word: 'other money', tone: 'amber' },
  outcome: { word: 'other outcome', tone: 'amber' },
  reason: { word: 'other reason', tone: 'neutral' },
  same: { word: 'the same', tone: 'neutral' },
  new: { word: 'from the file', tone: 'neutral' },
}
