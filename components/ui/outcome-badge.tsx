import { Badge } from './badge'
import { cn } from './cn'
import { outcomeLook, toneText } from './outcome'

type OutcomeBadgeProps = {
  outcome: string
  /** The reason, on hover. */
  reason?: string | undefined
  /** Icon and coloured word without the pill, for dense lists. */
  plain?: boolean
  className?: string
}

/** What became of a lead or an attempt: its colour, icon and word, the same on every page. */
export function OutcomeBadge({ outcome, reason, plain, className }: OutcomeBadgeProps) {
  const { tone, icon: Icon, word, dashed } = outcomeLook(outcome)
  if (plain)
    return (
      <span
        title={reason}
        className={cn('inline-flex items-center gap-1.5 whitespace-nowrap font-medium', toneText[tone], className)}
      >
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {word}
      </span>
    )
  return (
    <Badge
      tone={tone}
      dashed={dashed}
      icon={<Icon aria-hidden />}
      {...(className && { className })}
      {...(reason && { title: reason })}
    >
      {word}
    </Badge>
  )
}

/** The icon alone in its colour, for timelines; the word is there for screen readers. */
export function OutcomeIcon({ outcome, className }: { outcome: string; className?: string }) {
  const { tone, icon: Icon, word } = outcomeLook(outcome)
  return (
    <span className={cn('inline-flex', toneText[tone], className)} title={word}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{word}</span>
    </span>
  )
}
