import type { ReactNode } from 'react'
import { cn } from './cn'
import { CopyButton } from './copy-button'
import { highlight, type Language, prettyJson, prettyXml, type Token } from './highlight'

type CodeBlockProps = {
  code: string
  language?: Language
  /** A word above: "Request", "Answer 201". */
  title?: ReactNode
  /** More small buttons beside *Copy*. */
  actions?: ReactNode
  /** Breaks long lines instead of scrolling sideways. */
  wrap?: boolean
  /** Name for screen readers when there is no title. */
  label?: string
  className?: string
}

const colours: Record<Token['kind'], string> = {
  plain: '',
  key: 'text-accent-text',
  text: 'text-green',
  number: 'text-amber',
  word: 'text-violet',
  mark: 'text-tertiary',
}

function setOut(code: string, language: Language): string {
  if (language === 'json') return prettyJson(code)
  return language === 'xml' ? prettyXml(code) : code
}

/** Text for machines, in mono, with a copy button. JSON and XML are set out over lines. */
export function CodeBlock({ code, language = 'text', title, actions, wrap, label, className }: CodeBlockProps) {
  const text = setOut(code, language)
  // White space counts in XML: what is copied is what was sent.
  const copy = (
    <CopyButton
      text={language === 'xml' ? code : text}
      label={`Copy ${label ?? (typeof title === 'string' ? title : 'code')}`}
    />
  )
  return (
    <figure
      aria-label={title ? undefined : (label ?? 'Code')}
      className={cn('group relative min-w-0 overflow-hidden rounded-lg border bg-muted/60', className)}
    >
      {title ? (
        <figcaption className="flex h-9 items-center justify-between gap-2 border-b pr-1 pl-3 text-secondary text-xs">
          <span className="min-w-0 truncate font-medium">{title}</span>
          <span className="flex items-center">
            {actions}
            {copy}
          </span>
        </figcaption>
      ) : (
        <div className="absolute top-1 right-1 z-10 rounded-lg bg-surface/80 backdrop-blur-sm">{copy}</div>
      )}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={cn(
          'max-h-96 overflow-auto p-3 font-mono text-xs/5 focus-visible:-outline-offset-2',
          !title && 'pr-12',
          wrap && 'whitespace-pre-wrap break-all',
        )}
      >
        <code>
          {highlight(text, language).map(({ text: piece, kind }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text never move
            <span key={index} className={colours[kind]}>
              {piece}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  )
}

/** A value as JSON. */
export function JsonBlock({ value, ...props }: { value: unknown } & Omit<CodeBlockProps, 'code' | 'language'>) {
  return <CodeBlock code={JSON.stringify(value, null, 2) ?? 'null'} language="json" {...props} />
}
