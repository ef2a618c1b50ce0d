'use client'

import { ListChecks, MessageSquareReply, Rows3, Undo2 } from 'lucide-react'
import { problemsAt } from '@/components/flow/problem-notes'
import { limitWords } from '@/components/selling/cap-words'
import type { FlowDocument } from '@/lib/engine/schema'
import { centsOf, formatMoney } from '@/lib/money'
import { AddStep } from './add-step'
import { useEditor } from './editor-context'
import { PathItem, PathLine } from './path-item'
import { PathSources } from './path-sources'
import { PathSteps } from './path-steps'
import { RuleLine } from './rule-line'

/** The flow from top to bottom, as a lead falls through it. */
export function FlowPath() {
  const { document, problems } = useEditor()
  const limit = limitWords(document.caps)
  return (
    <nav aria-label="Path of a lead">
      <ol className="flex flex-col">
        <li>
          <PathSources />
          <PathLine />
        </li>
        <li>
          <PathItem
            goesTo={{ kind: 'fields' }}
            icon={<Rows3 />}
            title="Fields"
            problems={[...problemsAt(problems, 'fields'), ...problemsAt(problems, 'mappings')]}
          >
            {fieldWords(document)}
          </PathItem>
          <PathLine />
        </li>
        <li>
          <PathItem
            goesTo={{ kind: 'acceptance' }}
            icon={<ListChecks />}
            title="Accept when"
            problems={[...problemsAt(problems, 'acceptance'), ...problemsAt(problems, 'caps')]}
          >
            <RuleLine rule={document.acceptance?.rule} otherwise="Every lead is accepted" />
            {limit && ` · at most ${limit}`}
          </PathItem>
          <PathLine />
        </li>
        <PathSteps />
        <li>
          <AddStep />
          <PathLine />
        </li>
        <li>
          <PathItem
            goesTo={{ kind: 'answer' }}
            icon={<MessageSquareReply />}
            title="Answer the source"
            problems={[...problemsAt(problems, 'price'), ...problemsAt(problems, 'succeed_when')]}
          >
            {answerWords(document)}
          </PathItem>
          <PathLine />
        </li>
        <li>
          <PathItem
            goesTo={{ kind: 'feedback' }}
            icon={<Undo2 />}
            title="Feedback"
            problems={problemsAt(problems, 'feedback')}
          >
            {feedbackWords(document.feedback)}
          </PathItem>
        </li>
      </ol>
    </nav>
  )
}

function fieldWords({ fields }: FlowDocument): string {
  const required = fields.filter((field) => field.required).length
  if (fields.length === 0) return 'Say what a lead holds'
  return `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}${required ? `, ${required} required` : ''}`
}

const succeedWords: Record<FlowDocument['succeed_when'], string> = {
  any_accepted: 'Success when a buyer accepts',
  all_accepted: 'Success when all buyers accept',
  always: 'Always success',
}

function answerWords({ price, succeed_when }: FlowDocument): string {
  const cents = centsOf(price?.cost)
  return `${succeedWords[succeed_when]}${cents ? ` · pays ${formatMoney(cents)}` : ''}`
}

function feedbackWords({ return: returned, conversion }: FlowDocument['feedback']): string {
  const parts = [
    returned.allowed && (returned.within_days ? `Returns within ${returned.within_days} days` : 'Returns at any time'),
    conversion.allowed && 'conversions',
  ].filter(Boolean)
  return parts.length ? parts.join(' · ') : 'None is taken'
}
