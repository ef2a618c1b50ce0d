import { CircleQuestionMark, KeyRound, ListChecks, Power, Repeat2, ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { FallingLead } from './falling-lead'

const guarantees = [
  {
    icon: <Power />,
    title: 'An answered lead is in the log',
    text: 'A lead is on disk before a byte of it leaves for a buyer. Kill any process: recovery finishes the lead or marks it.',
  },
  {
    icon: <Repeat2 />,
    title: 'Sent twice, sold once',
    text: 'A source that repeats a submission with the same key gets the first answer again, before and after a restart.',
  },
  {
    icon: <CircleQuestionMark />,
    title: 'Unknown is said, not guessed',
    text: 'A buyer that times out may have taken the lead. Baton logs unknown and stops there, instead of selling it again.',
  },
  {
    icon: <ListChecks />,
    title: 'Every decision has its reason',
    text: 'Why this buyer, and why not that one: each rule and the values it saw stand beside the lead, in plain words.',
  },
  {
    icon: <KeyRound />,
    title: 'Credentials stay with their owner',
    text: 'Buyers set up their own delivery. Sellers never see the address, the headers or the key.',
  },
  {
    icon: <ShieldCheck />,
    title: 'Requests go only where they may',
    text: 'Private networks, redirects and metadata services are refused, for every address that anyone can type.',
  },
]

export default function LandingPage() {
  return (
    <div className="mx-auto max-w-page px-5 sm:px-8">
      <section className="grid grid-cols-1 items-center gap-x-16 gap-y-12 pt-10 pb-14 lg:grid-cols-[minmax(0,1fr)_27rem] lg:pt-14 lg:pb-20">
        <div>
          <h1 className="max-w-xl text-balance font-semibold text-3xl tracking-tight sm:text-4xl">
            Every lead passed on once, to the right buyer, and never dropped
          </h1>
          <p className="mt-5 max-w-lg text-pretty text-lg text-secondary">
            Baton takes each lead in, decides who gets it, hands it over and proves what happened. Sellers build the
            flow; buyers connect by invitation and set up their own delivery.
          </p>
          <div className="mt-7 flex flex-wrap gap-2.5">
            <Button variant="primary" size="lg" asChild>
              <Link href="/sign-up">Create an account</Link>
            </Button>
            <Button size="lg" asChild>
              <a href="/api/docs">Read the API</a>
            </Button>
          </div>
          <div className="mt-10 max-w-lg">
            <p className="mb-2 text-sm text-tertiary">Or run your own: Node 20 and two commands, nothing else.</p>
            <CodeBlock language="shell" label="Two commands" code={'npm install\nnpm start'} />
          </div>
        </div>
        <FallingLead />
      </section>
      <section aria-labelledby="guarantees" className="border-t pt-10">
        <h2 id="guarantees" className="font-semibold text-xl tracking-tight">
          What you can rely on
        </h2>
        <p className="mt-1 text-tertiary">Guarantees, each with a test that ships with it.</p>
        <ul className="mt-7 grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
          {guarantees.map(({ icon, title, text }) => (
            <li key={title} className="flex gap-3">
              <span className="mt-0.5 text-accent-text [&_svg]:size-4.5">{icon}</span>
              <div>
                <h3 className="font-medium">{title}</h3>
                <p className="mt-0.5 text-pretty text-tertiary">{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
